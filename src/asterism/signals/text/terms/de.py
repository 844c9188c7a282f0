"""German terms that may trouble a brand."""

from typing import Final

from asterism.signals.text.terms.language import LanguageTerms

TERMS: Final = LanguageTerms(
    by_category={
        "violence": """
            mord|morde|mörder*|ermordet*|erschossen|erstochen|messerangriff*|amoklauf|attentat*|terrorist*
            |terroranschlag*|vergewaltig*|folter*|totschlag*|umbringen|umgebracht|töten|getötet|abgestochen
            |schusswaffe*|pistole*|gewehr*|blutbad|massaker|häusliche gewalt|verprügel*|geisel*|bombe|bomben
            |schlachten|geschlachtet""",
        "hate": """
            neger*|kanake*|kanacken|zigeuner*|schwuchtel*|untermensch*|judensau|ausländer raus|nazi|nazis
            |heil hitler|sieg heil|hitler|missgeburt*|behindert bist|spasti*|mongo|kümmeltürk*|volksverräter*
            |rassist*""",
        "adult": """
            porno*|nackt|nacktbild*|sexspielzeug*|dildo*|vibrator*|orgasmus*|erotik*|erotisch*|sextape
            |selbstbefriedigung|fetisch*|bordell*|puff|prostituierte*|stripclub*|geil auf sex|sex haben|onlyfans
            |swinger*""",
        "drugs": """
            kokain|heroin|kiffen|kiffer*|bekifft|gekifft|joint|joints|cannabis|hanf rauchen|marihuana|drogen*
            |ecstasy|zigarette*|rauchen|vapen|e-zigarette*|tabak|shisha*|wasserpfeife*|nikotin|pillen einwerfen
            |zugedröhnt|raucher|raucherin""",
        "alcohol": """
            bier|biere|bierchen|wein|weine|weißwein*|rotwein*|weingut*|weinprobe*|sekt|prosecco|schnaps|wodka|whisky
            |gin|rum|likör*|cocktail*|aperol|hugo spritz|glühwein|champagner|besoffen|betrunken|saufen|sauferei
            |verkatert|kater heute|brauerei*|craftbeer|oktoberfest|anstoßen mit|feierabendbier""",
        "gambling": """
            casino*|spielcasino*|spielbank*|poker|roulette|sportwette*|wetten auf|wettanbieter*|glücksspiel*|lotto*
            |spielautomat*|freispiele|jackpot*|tipico|bwin""",
        "profanity": """
            scheiß*|scheiss*|fick*|gefickt|arschloch|arschlöcher|arsch|wichser*|hurensohn*|hure|huren|schlampe*
            |fotze*|verpiss*|kacke|pisse|bastard*|drecksau*|miststück*|verdammte scheiße|leck mich|schwanzlutscher*
            |verfickt*|verarsch*|mistkerl*|kotzt mich an""",
        "dangerous acts": """
            nicht nachmachen|nachmachen verboten|s-bahn-surfen|bahnsurfen|illegales rennen|illegale rennen
            |autorennen illegal|ohne gurt|betrunken gefahren|selbstverletzung|ritzen|selbstmord*|suizid*|mutprobe*
            |roofing|basejump*|magersucht|hungern bis|pro ana""",
        "politics": """
            afd|cdu|csu|spd|die grünen|fdp|merkel|söder|scholz|trump|putin|bundestag|bundestagswahl*|wahlkampf*
            |wählt die|geh wählen|geht wählen|flüchtling*|abschiebung*|abtreibung*|demonstration*|demo gegen
            |querdenker*|corona-diktatur|lügenpresse|verschwörung*|antifa|pegida|klimakleber*|letzte generation
            |palästin*|gaza|ukrainekrieg|politik|politiker*|massentierhaltung|schlachthof*|schlachthöfe""",
        "medical claims": """
            heilt krebs|gegen krebs|wundermittel*|impfgegner*|impfschaden*|impfschäden|ungeimpft|fettverbrenn*
            |fettburner*|schnell abnehmen|abnehmtee*|detox-tee|detox tee|entgiften|entgiftung*|entschlacken
            |appetitzügler*|stärkt das immunsystem|stärkt dein immunsystem|homöopath*|globuli|botox
            |lippen aufspritzen|hyaluron unterspritz*|fettabsaug*|cbd|wirkt wunder gegen|klinisch bewiesen
            |kilo in einer woche|heilsteine gegen|abnehmspritze*""",
    },
    innocent="""
        drogerie*|drogeriemarkt*|weinrot*|bierschinken|bierteig|weinblätter|weintrauben|champagnerfarben*
        |cocktailkleid*|cocktailtomate*|cocktailsauce|cocktailsoße|alkoholfrei*|killer-outfit|killer outfit
        |mordshunger|mordsmäßig|bombe aussehen|bombenwetter|bombig|bombenstimmung|badebombe*|sexbombe
        |rauchendes haus|lachs rauchen|knallerpreis|zum schießen|joghurt joint|ritzen im teig|kaffee kater
        |kleiner kater|unser kater|mein kater|shot with|fotoshooting*|shooting|arschkalt|arschbombe*|scheinwerfer
        |die bombe|rumkugel*|rum trauben|hurra|speedy|pistole kleber|heißklebepistole*|klebepistole*|sprühpistole*
        |nackte fakten|nackte wand|nackte haut|nackt cake|naked cake*|demonstration der|haus der geschichte
        |politikfrei|wein doch|weine nicht|ich weine|weine ich""",
    negations="kein|keine|keinen|nicht|nie|niemals|ohne|gegen|stoppt|stop|weder|statt|nein zu|nichts mit",
)
