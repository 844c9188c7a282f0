"""English terms that may trouble a brand."""

from typing import Final

from asterism.signals.text.terms.language import LanguageTerms

TERMS: Final = LanguageTerms(
    by_category={
        "violence": """
            murder|murdered|murderer*|stabbed|stabbing|shooting spree|mass shooting|gunshot*|gunman|gunned down
            |massacre*|beheaded|beheading|tortured|assault rifle|ak-47|ar-15|handgun|shotgun|rape|raped|rapist*
            |beat him up|beat her up|beat you up|bomb threat|bombing|terrorist*|terrorism|slaughter*|bloodbath
            |domestic violence|child abuse|school shooting|hostage*|lynched|lynching|gonna kill you|i will kill you
            |tortured to death""",
        "hate": """
            nigger*|nigga*|niggas|faggot*|fag|fags|tranny|trannies|retard|retards|retarded|chink|chinks|spic|spics
            |wetback*|gook|gooks|pakis|white power|white supremac*|heil hitler|sieg heil|nazi|nazis|kkk
            |go back to your country|kill all|kill yourself|kys|subhuman*|dirty immigrants|i hate gays
            |i hate muslims|i hate jews|i hate women|kike|kikes""",
        "adult": """
            porno|pornhub|onlyfans|only fans|nsfw|send nudes|naked pics|sex tape|hardcore sex|escort service
            |camgirl*|cam girl|blowjob*|handjob*|orgasm*|masturbat*|erotic*|fetish*|bdsm|horny|dildo*|vibrator*
            |threesome*|stripper*|strip club*|sex toy*|hentai|milf|sugar daddy|topless|have sex|had sex|having sex
            |sex position*|porn star*|watch porn|pornograph*|porn site*|porn video*|my porn|free porn|porn link*""",
        "drugs": """
            cocaine|heroin|meth|crystal meth|mdma|ecstasy pills|lsd|magic mushrooms|shrooms|ketamine|weed|marijuana
            |cannabis|420 friendly|bong|bongs|smoking a joint|roll a joint|rolling a joint|high af|getting high
            |get high|got high|drug dealer*|vape|vapes|vaping|e-cig*|cigarette*|cigar|cigars|tobacco|hookah|shisha
            |juul|nicotine|thc|edibles|opioid*|xanax|stoner|stoners|overdosed|drug overdose*""",
        "alcohol": """
            beer|beers|wine|wines|winery|vodka|whisky|whiskey|tequila|gin|rum|bourbon|champagne|prosecco|cocktail*
            |mezcal|margarita|margaritas|martini*|mimosa|mimosas|rose all day|aperol|sangria|brewery|brewing co
            |craft beer*|ipa|drunk|hangover|hungover|tipsy|booze|boozy|pub crawl|bar crawl|day drinking|mojito*
            |liquor|liqueur*|brandy|cognac|hard seltzer|happy hour|negroni|wino|tequila shot*|doing shots
            |wasted last night""",
        "gambling": """
            casino*|poker|blackjack|roulette|slot machine*|betting|sportsbook|bet now|bookmaker*|gambling|gamble
            |gambler*|lottery|lotto|free spins|bet365|draftkings|fanduel|stake.com|parlay*|bet on the game
            |bet on sport*""",
        "profanity": """
            fuck*|fck|fkn|motherfuck*|shit|shits|shitty|bullshit|bitch|bitches|bitchy|bitching|asshole*|dickhead*
            |bastard*|cunt*|twat|wanker*|bollocks|dumbass*|slut|sluts|whore|whores|pussy|cocksucker*|goddamn*|wtf
            |stfu|piss off|pissed off|prick|pricks|dipshit|bloody hell""",
        "dangerous acts": """
            don't try this at home|do not try this at home|tide pod*|blackout challenge|choking challenge
            |train surfing|car surfing|street racing|illegal race*|driving at 200|without a seatbelt|no seatbelt
            |fire challenge|roof topping|rooftopping|free solo|base jump*|skull breaker|self harm|self-harm
            |cutting myself|suicide|suicidal|starve myself|starving myself|pro ana|proana|thinspo|water fast for
            |drunk driving|drove drunk|jumped off the roof|jump off the roof""",
        "politics": """
            trump|biden|obama|hillary|maga|republican*|democrats|brexit|tory|tories|labour party|abortion|pro-life
            |prolife|pro-choice|gun control|second amendment|vote for|election*|impeach*|antifa|black lives matter
            |blacklivesmatter|blm|all lives matter|build the wall|palestin*|gaza|zionis*|putin|ukraine war
            |protesters|animal liberation|slaughterhouse*|factory farm*|animal rights|activist|activists|conspiracy
            |illuminati|flat earth|fake news|feminazi|death penalty|refugees|illegal immigra*|senator|politics
            |political|politician*|deported|deportation*|protest march*|protest against|protesting|boycott israel
            |zionist*""",
        "medical claims": """
            cures cancer|cure cancer|cure for cancer|miracle cure|cure diabetes|reverse diabetes|reversed diabetes
            |heal cancer|heals cancer|heal your gut|anti-vax*|antivax*|vaccines cause|no vaccines|unvaccinated
            |big pharma|detox tea*|skinny tea*|fit tea|flat tummy|fat burner*|fat burning|lose weight fast
            |lose weight without|lost 10 pounds in|lose 10 pounds|melts fat|burns fat|appetite suppressant*
            |appetite control|waist trainer*|clinically proven|doctors don't want|hormone balancing
            |balances hormones|boosts your immune|boost immunity|boost your immune|boosts immunity|cbd|ozempic|botox
            |lip filler*|liposuction|diet pills|weight loss tea|cure anxiety|cures anxiety|cure depression
            |cures depression|alkaline water|essential oils cure|colloidal silver|bleach cure|homeopath*
            |juice cleanse|keto pills|prevents cancer|cause cancer|causes cancer|lip fillers|dermal filler*
            |flush out toxins|flush toxins|rid of toxins|toxins from your body|detox your body""",
    },
    innocent="""
        killer outfit*|killer heels|killer look*|killer view*|killer deal*|killer workout*|dressed to kill
        |killing it|kill two birds|to die for|wine red|wine colo*|wine tone*|wine-colo*|wine lipstick|root beer
        |ginger beer|wine glass*|wine rack*|champagne colo*|champagne gold|champagne pink|champagne glitter
        |champagne tone*|champagne satin|champagne dress*|rum raisin|beer belly|beer garden chairs|gin rummy
        |cotton gin|drug store|drugstore*|shot on|shot by|shot with|shot in|photo shoot*|photoshoot*|photo bomb*
        |photobomb*|bath bomb*|bomb.com|bombshell*|sex and the city|sexand the city|same sex|sex education
        |gender reveal|sexy|unisex|hit me up|slay|slayed|slaying|hot chocolate|hot dog*|food porn|foodporn|hairporn
        |hair porn|earthporn|cloudporn|travelporn|skyporn|carporn|shoeporn|houseporn|foodpornshare|beerpong table
        |cheers to you|cheers to the weekend|cheers to a|cheers to my|cheers to our|cheers to us|cheers to all
        |cheers to new|cheers to friday|cheers to another|rape seed|rapeseed*|grape*|seaweed|seaweeds|weeds|weeding
        |weed the garden|tumbleweed*|milkweed|dick's sporting goods|moby dick|dick van dyke|cock a doodle
        |pussy willow*|pussycat*|pussy cat*|pussy bow|pussybow|white house with|little white house
        |the white house on|trump card|trumps|bet you|you bet|i bet|best bet|safe bet|better bet|alcohol free
        |alcohol-free|non alcoholic|non-alcoholic|nonalcoholic|cocktail dress*|cocktail ring*|cocktail attire
        |cocktail hat*|cocktail table*|shrimp cocktail*|prawn cocktail*|fruit cocktail|molotov cocktail|mock tail*
        |mocktail*|high school*|high heel*|shit tzu|shih tzu|bastard sword|bitching kitchen|vote for me|vote for us
        |vote for your favo*|vote for my|vote for our|vote for this|style icon election|donald duck|donald glover
        |congress center|congress hotel|labour of love|protest shoes|protest sportswear|cancer survivor*
        |breast cancer awareness|filler words|cheek to cheek|roulette curl*|wheel of fortune|vegas casino royale
        |casino royale|lottery of life|crack on|crack of dawn|slaughter and may|stab binding|hostage to fortune
        |spiced rum cake|rum cake|beer bread|beer batter*|red wine sauce|wine vinegar*|white wine sauce|coq au vin
        |wine cellar|rose gold|brandy melville|politically incorrect|gore-tex|gore tex|vocal cord|gin blossoms
        |wine country|fetish for shoes|shoe fetish|suicide squad|nars orgasm|narsissist orgasm|orgasm blush
        |blush orgasm|blush in orgasm|c-murder|murder mystery|murder on the""",
    negations="""
        no|not|never|without|against|stop|quit|anti|end|isn't|aren't|don't|doesn't|won't|zero|free from|avoid
        |prevent""",
    foreign="""
        rape|gin|rum|fag|meth|fck|trump|kkk|ipa|vape|spic|casino*|lotto|poker|retard|retards|bong|champagne|putin
        |illuminati|wino|mimosa|mimosas|milf|brandy|prick""",
)
