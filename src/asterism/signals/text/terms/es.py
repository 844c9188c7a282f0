"""Spanish terms that may trouble a brand."""

from typing import Final

from asterism.signals.text.terms.language import LanguageTerms

TERMS: Final = LanguageTerms(
    by_category={
        "violence": """
            asesin*|homicidio*|matar|mataron|apuñal*|tiroteo*|balacera*|balazo*|masacre*|terrorista*|terrorismo
            |violador*|violación|violada|violaron|tortura*|degoll*|decapit*|secuestr*|fusil|pistola*|escopeta*
            |sicario*|feminicidio*|violencia de género|violencia doméstica|golpear a una mujer|matadero*
            |baño de sangre""",
        "hate": """
            maricón*|maricones|marica|maricas|negro de mierda|sudaca*|panchito*|moro de mierda|moros fuera
            |gitano de mierda|nazi|nazis|hitler|subnormal*|retrasado mental|mongólico*|tortillera*|travelo*
            |fuera inmigrantes|indio de mierda|judío de mierda|racista*""",
        "adult": """
            porno*|desnuda|desnudas|desnudo integral|nudes|packs|vendo pack|sextape|orgasmo*|masturb*|erótic*
            |juguete sexual|juguetes sexuales|consolador*|vibrador*|mamada*|prostitu*|stripper*|onlyfans|fetich*
            |cachonda|cachondo|follar|sexo oral|sexo anal|tener sexo|trío sexual""",
        "drugs": """
            cocaína|heroína|marihuana|mariguana|porro|porros|cannabis|fumar|fumando|droga|drogas|drogadict*|éxtasis
            |mdma|narco*|cigarro*|cigarrillo*|tabaco|vapear|vapeador*|cachimba*|nicotina|hachís|metanfetamina*
            |fumado""",
        "alcohol": """
            cerveza*|cervecita*|vino|vinos|vinito*|vino tinto|vino blanco|cava|champán|champagne|vodka|whisky|ron
            |ginebra|gin tonic*|tequila|mezcal|cóctel|cócteles|coctel*|mojito*|sangría|borracho|borracha|borrachera*
            |resaca|cruda|copas|bodega*|cata de vino|chela|chelas|cubata*|vermut|licor*|alcohol*|trago|tragos
            |margaritas|pisco""",
        "gambling": """
            casino*|póker|poker|ruleta|apuesta deportiva|apuestas deportivas|apuestas|apostar en|tragaperras
            |tragamonedas|lotería|jackpot|bet365|codere|bwin|giros gratis|quiniela*""",
        "profanity": """
            mierda*|joder|jodid*|jode|puta|putas|puto|putos|hijo de puta|hijueputa*|cabrón*|cabrones|cabrona|coño
            |gilipollas|pendej*|chingad*|chingar|chinga|verga|culero*|hostia puta|imbécil*|zorra|zorras|malparid*
            |huevón*|boludo de mierda|cojones|polla|la concha de|carajo|mamón*|perra|hdp|ctm""",
        "dangerous acts": """
            no lo intenten en casa|no intentes esto|no lo hagan en casa|reto viral peligroso|carrera ilegal
            |carreras ilegales|sin cinturón|conducir borracho|manejar borracho|autolesi*|cortarme las venas|suicid*
            |salto base|ballena azul|anorexia|pro ana""",
        "politics": """
            sánchez presidente|pedro sánchez|podemos unidas|vox|psoe|partido popular|ayuso|abascal|trump|bolsonaro
            |amlo|maduro|chavista*|chavismo|peronis*|kirchner*|milei|elecciones|elección presidencial|voten
            |votar por|vota por|vota a|aborto|provida|independencia de cataluña|procés|independentis*|manifestación
            |manifestaciones|inmigración|palestin*|gaza|putin|política|políticas|políticos|congreso de los diputados
            |senador*|conspiración|protesta|protestas|huelga|feminista*|maltrato animal|antitaurin*""",
        "medical claims": """
            cura el cáncer|curar el cáncer|cura milagrosa|remedio milagroso|antivacunas|no vacunad*|quemagrasa*
            |quema grasa|quemar grasa|bajar de peso rápido|adelgazar rápido|adelgaza sin|té detox|jugo detox
            |desintoxic*|supresor del apetito|quita el hambre|refuerza el sistema inmun*|fortalece el sistema inmun*
            |homeopat*|bótox|botox|ácido hialurónico inyect*|liposucción|lipo|cbd|clínicamente probado
            |cura la diabetes|kilos en una semana|herbalife|fajas colombianas""",
    },
    innocent="""
        vino a|vino de visita|vino con su|vino conmigo|vino a verme|que vino|vino el|vino la|vino mi|vinieron
        |vino mamá|vino papá|color vino|rojo vino|vinotinto|vestido de cóctel|vestido de coctel|vestidos de cóctel
        |cóctel de frutas|coctel de camarón*|coctel de frutas|sin alcohol|levadura de cerveza|matar por
        |muerta de risa|muerto de risa|me muero|bomba de baño|bombas de baño|la bomba|pistola de silicona
        |pistola de calor|política de privacidad|política de devoluc*|copas menstruales|copa menstrual
        |copa del mundo|copas de helado|perra de mi|mi perra|la perra|perra adoptada|mi perrita|perra y|una perra
        |cruda realidad|carne cruda|cruda y|verdura cruda|alcohol en gel|gel de alcohol|polla de futbol|ron ron
        |ronroneo|negro y|zorra del desierto|el zorro|hombros desnudos|desnuda el alma|fumar el salmón
        |bodega aurrera|bodegas de ropa|bodegón*|cava de habanos|apuestas por|protesta social media""",
    negations="no|sin|nunca|jamás|contra|ni|nada de|basta de|stop|tampoco|dejar de|dejé de|evitar|alto a|cero",
)
