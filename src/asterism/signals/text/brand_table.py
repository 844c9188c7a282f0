"""Well-known brands by price positioning: our own knowledge, for what creators show, not a judgement of quality."""

from typing import Final

MASS: Final = """
    H&M=hm|Zara|Primark|Shein|ASOS|boohoo|PrettyLittleThing|Missguided|Forever 21|Old Navy|Gap|Uniqlo|Mango|Bershka
    |Pull&Bear=pullandbear|Stradivarius|C&A=canda|Topshop|New Look|Fashion Nova|Target|Walmart|Kmart|IKEA
    |Maybelline|L'Oréal Paris=loreal,lorealparis|NYX Cosmetics=nyx,nyxcosmetics|e.l.f. Cosmetics=elfcosmetics
    |Rimmel=rimmellondon|Revlon|CoverGirl|essence cosmetics=essencecosmetics,essence.cosmetics|Catrice|Garnier|Nivea
    |Dove|Neutrogena|ColourPop=colourpop,colourpopcosmetics|Wet n Wild=wetnwildbeauty|Batiste
    |Bath & Body Works=bathandbodyworks|Colgate|Pantene|Olay|Aldi|Lidl|Tesco|Asda|Costco|Carrefour
    |dm-drogerie markt=dmdrogerie,dm_deutschland|Rossmann|Boots UK=bootsuk|Superdrug|Coca-Cola=cocacola|Pepsi
    |McDonald's=mcdonalds|Burger King|KFC|Nestlé|Nutella|Oreo|Kellogg's=kelloggs|Doritos|Red Bull|Monster Energy
    |Dunkin'=dunkin,dunkindonuts|Skechers|Crocs|Decathlon|Kia|Dacia|Xiaomi|Motorola|Daniel Wellington|JustFab
    |Gymshark|Tchibo|Deichmann|Ardene|Shopee"""
"""Brands priced for everybody, with other spellings after `=`."""
PREMIUM: Final = """
    Nike|Adidas=adidas,adidasoriginals|Puma|Reebok|Under Armour|New Balance|Lululemon|Levi's=levis|Calvin Klein
    |Tommy Hilfiger|Ralph Lauren=ralphlauren,poloralphlauren|Michael Kors|Coach|Kate Spade=katespade,katespadeny
    |Guess|Lacoste|Hugo Boss=hugoboss,boss|Diesel|Free People|Anthropologie|Madewell|J.Crew=jcrew|Reformation|Ganni
    |Sandro=sandroparis|Maje|Ted Baker|COS=cosstores|& Other Stories=andotherstories|Massimo Dutti|Aritzia|Everlane
    |Patagonia|The North Face=thenorthface|Timberland|Dr. Martens=drmartens,drmartensofficial|UGG|Ray-Ban=rayban
    |Fossil|Pandora=pandora,theofficialpandora|Swarovski|MAC Cosmetics=maccosmetics,mac|Sephora
    |Ulta Beauty=ultabeauty|Clinique|Estée Lauder=esteelauder|Lancôme=lancome,lancomeofficial
    |Benefit=benefitcosmetics|Too Faced=toofaced|Urban Decay=urbandecay,urbandecaycosmetics
    |Anastasia Beverly Hills=anastasiabeverlyhills|Fenty Beauty=fentybeauty|Glossier|Huda Beauty=hudabeauty
    |NARS=narsissist,narscosmetics|Kiehl's=kiehls|Drunk Elephant|Rare Beauty|Clarins|Shiseido
    |Morphe=morphe,morphebrushes|Aveda|Kérastase=kerastase,kerastase_official|Dyson|Apple|Samsung|Sony
    |Canon=canon,canonusa|Nikon|GoPro|Bose|Nespresso|KitchenAid|Le Creuset|West Elm|Pottery Barn
    |Crate & Barrel=crateandbarrel|Nordstrom|Bloomingdale's=bloomingdales|Selfridges|Marriott|Hilton
    |Volvo=volvo,volvocars|Volkswagen|Mini=mini|Peloton|Whole Foods=wholefoods|Starbucks
    |Victoria's Secret=victoriassecret|Revolve|Longchamp|Furla|Triangl|FabFitFun|Cluse"""
"""Brands priced above the mass."""
LUXURY: Final = """
    Louis Vuitton|Gucci|Chanel=chanel,chanelofficial,chanel.beauty|Hermès|Dior=dior,diormakeup,christiandior|Prada
    |Saint Laurent=ysl,saintlaurent,yslbeauty|Burberry|Versace|Fendi|Givenchy=givenchy,givenchyofficial|Balenciaga
    |Valentino=valentino,maisonvalentino|Bottega Veneta|Celine|Loewe|Balmain
    |Dolce & Gabbana=dolcegabbana,dolceandgabbana|Armani=giorgioarmani,armani|Alexander McQueen|Miu Miu|Jimmy Choo
    |Christian Louboutin=louboutin,christianlouboutin,louboutinworld|Manolo Blahnik|Stella McCartney|Chloé|Moncler
    |Off-White=offwhite,off____white|Cartier|Tiffany & Co.=tiffany,tiffanyandco|Rolex
    |Omega Watches=omegawatches,omega|Patek Philippe|Audemars Piguet|Hublot|TAG Heuer|Bulgari=bulgari,bvlgari
    |Chopard|Van Cleef & Arpels=vancleefarpels|Tom Ford=tomford,tomfordbeauty|La Mer=lamer|La Prairie
    |Sisley=sisleyparis|Charlotte Tilbury=ctilburymakeup,charlottetilbury|Four Seasons|Ritz-Carlton=ritzcarlton
    |Mandarin Oriental|Aman=amanresorts|St. Regis=stregis|Rolls-Royce=rollsroyce,rollsroycecars
    |Bentley=bentley,bentleymotors|Ferrari|Lamborghini|Porsche|Maserati|Aston Martin
    |Mercedes-Benz=mercedesbenz,mercedes|Moët & Chandon=moet,moetchandon|Veuve Clicquot|Dom Pérignon
    |Net-a-Porter=netaporter|Harrods|Bang & Olufsen=bangolufsen|Leica|Oscar de la Renta|Roger Vivier"""
"""Brands priced for few."""
