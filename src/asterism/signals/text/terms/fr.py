"""French terms that may trouble a brand."""

from typing import Final

from asterism.signals.text.terms.language import LanguageTerms

TERMS: Final = LanguageTerms(
    by_category={
        "violence": """
            meurtre*|assassin*|tuer|tué|tuée|poignard*|fusillade*|attentat*|terroriste*|terrorisme|viol|violeur*
            |violée|torture*|torturé|massacre*|bain de sang|égorg*|fusil|pistolet*|violences conjugales
            |prise d'otage*|abattoir*|tabass*|frapper une femme""",
        "hate": """
            nègre*|négro*|bougnoule*|youpin*|pédé|pédés|tapette*|sale arabe*|sale juif*|sale noir*|nazi|nazis|hitler
            |sous-homme*|raciste*|bicot*|gouine*|les migrants dehors|mongol|triso""",
        "adult": """
            porno*|à poil|nue sur|nudes|sextape|orgasme*|masturb*|érotique*|érotisme|sextoy*|godemichet*|fellation*
            |onlyfans|fétichis*|prostitu*|striptease*|libertin*|échangis*|faire l'amour avec""",
        "drugs": """
            cocaïne|héroïne|cannabis|weed|beuh|shit à fumer|fumer un joint|joint|pétard de|drogue*|drogué*|ecstasy
            |mdma|cigarette*|clope*|tabac|fumer|vapot*|cigarette électronique|chicha*|narguilé*|nicotine|défoncé""",
        "alcohol": """
            vin|vins|vin rouge|vin blanc|rosé bien frais|bière*|champagne|vodka|whisky|rhum|gin|tequila|cocktail*
            |apéro*|apéritif*|pastis|mojito*|prosecco|spritz|vignoble*|vigneron*|dégustation de vin|bourré|bourrée
            |ivre|gueule de bois|cuite|alcool*|liqueur*|brasserie artisanale|cognac|cidre*|digestif*""",
        "gambling": """
            casino*|poker|roulette|paris sportifs|pari sportif|parier|machine à sous|machines à sous|jackpot*|loto
            |jeux d'argent|winamax|betclic|unibet|pmu|tours gratuits""",
        "profanity": """
            putain|putains|merde|merdes|merdique*|connard*|connasse*|salaud*|enculé*|encule*|nique*|niquer
            |fils de pute|pute|putes|bordel de|ta gueule|ferme ta gueule|foutre|bite|couille*|chier|chiant*|emmerd*
            |bâtard*|batard*|pétasse*|trou du cul|va te faire|ntm|fdp|salope|salopes""",
        "dangerous acts": """
            ne pas reproduire|ne faites pas ça chez vous|à ne pas refaire|rodéo urbain|rodéos urbains
            |course illégale|sans ceinture|conduire ivre|automutilation*|scarification*|suicide*|suicidaire*
            |jeu du foulard|défi dangereux|base jump|anorexi*|pro ana""",
        "politics": """
            macron|le pen|marine le pen|mélenchon|zemmour|sarkozy|hollande président|trump|poutine|élection*
            |présidentielle*|votez|voter pour|gilets jaunes|gilet jaune|manif|manifs|avortement*|ivg|migrants
            |immigration|palestin*|gaza|politique*|politicien*|complot*|assemblée nationale|sénateur*|extrême droite
            |extrême gauche|grève générale|réforme des retraites|manifestation contre|manifestations contre""",
        "medical claims": """
            guérit le cancer|guérir le cancer|remède miracle|antivax*|anti-vax*|vaccin tue|non vacciné*
            |brûle-graisse*|brûleur de graisse*|brûle les graisses|perdre du poids rapidement|maigrir vite
            |maigrir sans|thé détox|thé minceur|cure détox|détoxifi*|coupe-faim|renforce le système immunitaire
            |renforce l'immunité|homéopath*|botox|acide hyaluronique injecté|injections|liposuccion|cbd
            |cliniquement prouvé|soigne le diabète|kilos en une semaine""",
    },
    innocent="""
        vin chaud épices thé|vinaigre*|levure de bière|robe de cocktail|robes de cocktail|sauce cocktail
        |tomates cocktail|sans alcool|rouge bordeaux|couleur champagne|or champagne|une tuerie|tuerie|à tuer pour
        |trop mortel|mort de rire|morte de rire|c'est la bombe|bombe de bain|bombes de bain|bombe capillaire
        |pistolet à colle|politique de confidentialité|politique de retour|viol d'escalier|la cuite au four
        |cuite au four|pâte cuite|bien cuite|cuite|cocktail de vitamines|cocktail de fruits|fumer le saumon
        |saumon fumer|bordel créatif|injections de joie|fumer la viande|nue propriété|mise à nue|brasserie du
        |gin tonic sans|apéritif sans alcool|manifestation de joie""",
    negations="pas|pas de|pas d'|sans|jamais|contre|non|non à|ni|stop|aucun|aucune|plus de|stop à|arrêter|arrêté",
)
