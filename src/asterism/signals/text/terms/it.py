"""Italian terms that may trouble a brand."""

from typing import Final

from asterism.signals.text.terms.language import LanguageTerms

TERMS: Final = LanguageTerms(
    by_category={
        "violence": """
            omicidi*|assassin*|uccidere|ucciso|uccisa|accoltell*|sparatori*|strage|stragi|massacr*|terrorist*
            |terrorismo|stupr*|violentat*|tortur*|decapitat*|rapiment*|fucile|pistola|pistole|femminicidi*
            |violenza domestica|violenza sulle donne|macello|mattatoi*|bagno di sangue|pestaggio*""",
        "hate": """
            negro|negri|negra|frocio|froci|finocchio di|ricchione|ricchioni|terrone di|terroni di|zingaro di
            |zingari di|ebreo di merda|nazista|nazisti|hitler|mongoloide|handicappato di|ritardato|razzist*|checca
            |lesbicona|fuori gli immigrati""",
        "adult": """
            porno*|nuda|nudes|sextape|orgasmo|orgasmi|masturb*|erotic*|sex toy*|vibratore|vibratori|pompino|pompini
            |prostitut*|spogliarell*|onlyfans|fetish|feticis*|scopare|scopata|sesso orale|sesso anale|fare sesso
            |scambisti""",
        "drugs": """
            cocaina|eroina|marijuana|canna da fumare|farsi una canna|cannabis|spinello|spinelli|fumare|droga|droghe
            |drogat*|ecstasy|sigarett*|sigaro|sigari|tabacco|svap*|narghil*|nicotina|hashish|spacciator*|sballo""",
        "alcohol": """
            birra|birre|birretta|birrificio*|vino|vini|vino rosso|vino bianco|cantina vini|vigneto|vigneti|vendemmia
            |prosecco|spumante|champagne|vodka|whisky|rum|gin|tequila|cocktail*|aperitivo|aperitivi|aperol|spritz
            |negroni|ubriac*|sbronz*|post sbornia|sbornia|liquor*|amaro del|limoncello|grappa|grappe|alcol*
            |brindisi con|franciacorta|mojito""",
        "gambling": """
            casinò|casino online|poker|roulette|scommess*|slot machine|gratta e vinci|lotto|superenalotto|lotteria
            |jackpot|gioco d'azzardo|snai|bet365|giri gratis|totocalcio""",
        "profanity": """
            cazzo|cazzi|cazzat*|cazzut*|incazz*|minchia|merda|merde|merdos*|stronz*|vaffanculo|fanculo|puttan*|troia
            |troie|zoccola|zoccole|figlio di puttana|coglion*|bastard*|culo|rompi coglioni|rompere le palle
            |porca puttana|porco dio|dio cane|porca madonna|mignott*|fottut*|fottere|cagare|cagat*""",
        "dangerous acts": """
            non fatelo a casa|non provateci a casa|non rifatelo|sfida pericolosa|gara clandestina|gare clandestine
            |senza cintura|guida in stato di ebbrezza|guidare ubriac*|autolesion*|suicid*|base jump|blue whale
            |anoressia|pro ana""",
        "politics": """
            salvini|meloni|renzi|berlusconi|di maio|movimento 5 stelle|lega nord|casapound|fascis*|comunis*|trump
            |putin|elezion*|votate|votare per|vota per|aborto|immigrazione|immigrati|migranti|sbarchi|palestin*|gaza
            |politica|politici|politico|parlamento|senatore|senatori|manifestazione contro|protesta|proteste
            |sciopero|complott*|referendum|allevamenti intensivi""",
        "medical claims": """
            cura il cancro|curare il cancro|rimedio miracoloso|no vax|no-vax|novax|antivaccin*|brucia grassi
            |bruciagrassi|bruciare i grassi|dimagrire velocemente|dimagrire in fretta|dimagrire senza|tisana detox
            |tè detox|disintossic*|tisana drenante|sopprime l'appetito|rinforza il sistema immunitario
            |rafforza il sistema immunitario|difese immunitarie|omeopat*|botox|botulino|filler labbra|liposuzione
            |cbd|clinicamente testato|cura il diabete|chili in una settimana|herbalife""",
    },
    innocent="""
        color vino|rosso vino|aceto di vino|lievito di birra|abito da cocktail|cocktail di gamberi
        |cocktail di frutta|analcolic*|senza alcol|morire dal ridere|morta dal ridere|morto dal ridere|una bomba
        |bomba alla crema|bombe da bagno|pistola per colla|pistola a caldo|politica di reso
        |informativa sulla politica|culo di bottiglia|a culo|che culo|finocchio in|pasta negro|nero e negro
        |nero di seppia|scommetto|ci scommetto|scommettiamo|bastardino*|bastardini|bastardo trovatello
        |troia di omero|guerra di troia|cavallo di troia|macello di vestiti|che macello|un macello|fumare il salmone
        |nuda proprietà|pelle nuda|labbra nude|rossetto nude|tacchi nude|nude look|mise nude|culotte|lotto di
        |secondo lotto""",
    negations="non|senza|mai|contro|né|no|no a|niente|basta|stop|nessun|nessuna|smettere di|smesso di|nemmeno",
)
