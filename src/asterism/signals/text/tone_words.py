"""Words that give a tone away, in English, German, French, Spanish, Portuguese and Italian: our own lists."""

from typing import Final

TONE_WORDS: Final[dict[str, str]] = {
    "everyday": """
        everyday|daily life|real life|reallife|morning routine|day in my life|my day|just us|at home|errands|weekday
        alltag|alltäglich|bei uns zuhause|quotidien|tous les jours|vie de famille|ma journée|día a día|cotidiano
        mi día|dia a dia|rotina|minha rotina|quotidiano|tutti i giorni|vita quotidiana|ogni giorno""",
    "tutorial": """
        tutorial|how to|howto|step by step|step 1|diy|tips|tricks|hack|hacks|guide|learn how|recipe|instructions
        anleitung|schritt für schritt|so geht|tipps|rezept|tuto|étape|astuce|astuces|conseils|recette|pas à pas
        paso a paso|cómo hacer|consejos|trucos|receta|passo a passo|como fazer|dicas|receita
        passo dopo passo|come fare|consigli|ricetta|trucchi""",
    "luxury": """
        luxury|luxurious|exclusive|five star|5 star|haute couture|couture|designer|champagne|yacht|villa|first class
        bespoke|opulent|fine dining|michelin|luxus|exklusiv|edel|luxe|luxueux|haut de gamme|lujo|lujoso|exclusivo
        luxo|luxuoso|alta moda|lusso|lussuoso|esclusivo""",
    "humour": """
        lol|lmao|rofl|haha|hahaha|hilarious|funny|joke|jokes|meme|memes|prank|just kidding|comedy|sarcasm|parody
        lustig|witzig|witz|scherz|mdr|ptdr|drôle|blague|rigolo|jaja|jajaja|gracioso|chiste|broma|kkkk|rsrs
        engraçado|piada|ahah|divertente|battuta|scherzo""",
    "honest": """
        honest|honestly|my honest|honest review|review|truth|transparent|pros and cons|disappointed|not sponsored
        ehrlich|ehrliche|meine meinung|testbericht|honnête|franchement|mon avis|sincero|sincera|mi opinión|reseña
        minha opinião|resenha|onesto|la mia opinione|recensione""",
    "inspirational": """
        inspire|inspiration|inspiring|motivation|motivational|believe in yourself|dream big|never give up|grateful
        gratitude|mindset|be yourself|follow your dreams|quote|motivation|dankbar|inspirierend|crois en toi|gratitude
        inspiración|motivación|nunca te rindas|gratitud|inspiração|motivação|gratidão|ispirazione|motivazione
        |gratitudine""",
    "educational": """
        did you know|fact|facts|learn|science|research|study|studies|explained|education|history|myth|evidence
        wusstest du|wusstet ihr|wissen|studie|le saviez-vous|saviez-vous|étude|sabías que|estudio|ciencia
        você sabia|estudo|lo sapevi|lo sapevate|studio""",
    "storytelling": """
        story|storytime|once upon|years ago|remember when|i was|growing up|looking back|it all started|my journey
        geschichte|damals|vor jahren|histoire|il y a|souvenir|historia|hace años|recuerdo|história|anos atrás|lembro
        storia|anni fa|ricordo""",
    "minimal": """
        minimal|minimalist|minimalism|less is more|capsule wardrobe|simple living|neutral|neutrals|declutter
        minimalistisch|minimalismus|schlicht|minimaliste|épuré|sobre|minimalista|menos es más|menos é mais""",
    "sustainable": """
        sustainable|sustainability|eco|ecofriendly|eco-friendly|zero waste|zerowaste|organic|upcycled|secondhand
        recycled|plasticfree|fair trade|nachhaltig|nachhaltigkeit|bio|durable|écologique|seconde main|sostenible
        ecológico|sustentável|sustentabilidade|ecológico|sostenibile|ecologico""",
    "elegant": """
        elegant|elegance|chic|classy|sophisticated|timeless|polished|refined|elegante|eleganz|stilvoll|élégant
        élégance|raffiné|elegancia|sofisticado|elegância|eleganza|raffinato""",
    "playful": """
        fun|playful|colourful|colorful|silly|quirky|party|yay|dance|bunt|spaß|verrückt|amusant|rigolo|fou
        divertido|colorido|fiesta|festa|divertente|colorato""",
    "romantic": """
        romantic|romance|love story|my love|soulmate|forever|date night|sweetheart|romantisch|liebe|romantique
        mon amour|romántico|mi amor|romântico|meu amor|romantico|amore mio""",
    "sporty": """
        sporty|athletic|workout|active|training|running|sportlich|sportif|deportivo|esportivo|sportivo|athleisure""",
}  # fmt: skip
"""Words and phrases per tone."""

TONE_CALLED: Final[dict[str, str]] = {
    "daily": "everyday", "relatable": "everyday", "authentic": "everyday", "real": "everyday", "casual": "everyday",
    "how-to": "tutorial", "howto": "tutorial", "tutorials": "tutorial", "diy": "tutorial", "tips": "tutorial",
    "luxurious": "luxury", "premium": "luxury", "exclusive": "luxury", "glamorous": "luxury",
    "humor": "humour", "humorous": "humour", "funny": "humour", "comedy": "humour", "comic": "humour",
    "review": "honest", "reviews": "honest", "candid": "honest", "inspiring": "inspirational",
    "motivational": "inspirational", "uplifting": "inspirational", "informative": "educational",
    "expert": "educational", "story": "storytelling", "stories": "storytelling", "narrative": "storytelling",
    "minimalist": "minimal", "clean": "minimal", "eco": "sustainable", "green": "sustainable",
    "chic": "elegant", "classy": "elegant", "fun": "playful", "colourful": "playful", "colorful": "playful",
}  # fmt: skip
"""Other names of a tone."""
