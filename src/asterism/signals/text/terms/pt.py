"""Portuguese terms that may trouble a brand."""

from typing import Final

from asterism.signals.text.terms.language import LanguageTerms

TERMS: Final = LanguageTerms(
    by_category={
        "violence": """
            assassin*|homicídio*|matar|mataram|esfaque*|tiroteio*|massacre*|chacina*|terrorista*|terrorismo|estupr*
            |tortura*|sequestr*|fuzil|pistola*|espingarda*|feminicídio*|violência doméstica|espanc*|facada*
            |matadouro*|banho de sangue|linchamento*""",
        "hate": """
            viado|viados|bicha|bichas|sapatão|traveco*|preto de merda|macaco preto|nazista*|hitler|retardado*|mongol
            |mongoloide*|racista*|paraíba de merda|judeu de merda|raça inferior|fora imigrantes""",
        "adult": """
            pornô|porno*|nudes|pelada|pelado|vendo pack|orgasmo*|masturb*|erótic*|sex shop|vibrador*|boquete*
            |prostitut*|garota de programa|stripper*|onlyfans|privacy link|fetiche*|transar|transando|sexo oral
            |sexo anal|safadeza*|putaria*""",
        "drugs": """
            cocaína|heroína|maconha|baseado|beck|cannabis|fumar|fumando|droga|drogas|drogado*|ecstasy|bala e doce
            |crack|cigarro*|tabaco|vape|vaper*|narguil*|nicotina|haxixe|traficante*|chapado""",
        "alcohol": """
            cerveja*|cervejinha*|cervejada*|vinho*|vinícola*|chopp|chope|espumante*|champanhe|champagne|vodka|uísque
            |whisky|cachaça*|caipirinha*|caipiroska*|gin|gin tônica|rum|drink|drinks|drinque*|coquetel|coquetéis
            |bêbad*|porre|ressaca|licor*|álcool*|breja|brejas|happy hour|tequila|boteco|sextou com""",
        "gambling": """
            cassino*|pôquer|poker|roleta|aposta esportiva|apostas esportivas|apostas|apostar em|caça-níque*|tigrinho
            |bet365|betano|blaze|loteria*|mega-sena|mega sena|jackpot|rodadas grátis|jogo do bicho|aviator""",
        "profanity": """
            merda*|porra|caralho|caralhos|puta|putas|puta que pariu|filho da puta|filha da puta|fdp|pqp|foda-se
            |fodase|foder|fodid*|cu|cuzão|cuzões|buceta*|arrombad*|desgraçad*|vagabunda*|vadia*|otári*|babaca*|vsf
            |vai se foder|tnc|krl|cacete|piranha*|escrot*|corno*""",
        "dangerous acts": """
            não tente isso em casa|não façam isso em casa|não tentem isso|desafio perigoso|racha de carro|sem cinto
            |dirigir bêbado|automutila*|me cortar|suicíd*|suicida|base jump|baleia azul|desafio da rasteira|anorexia
            |pro ana""",
        "politics": """
            bolsonaro*|bolsonarist*|lula|lulista*|dilma|petista*|pt nunca|elenao|ele sim|trump|eleição|eleições
            |vote em|votem|votar em|aborto|impeachment|ditadura|comunis*|fascis*|palestin*|gaza|putin|política
            |políticos|político|deputad*|senador*|congresso nacional|manifestação|manifestações|protesto*|greve
            |conspiração|marielle|stf|feminista*""",
        "medical claims": """
            cura o câncer|curar o câncer|cura milagrosa|remédio milagroso|antivacina*|não vacinad*|queima gordura*
            |queimar gordura|queimador de gordura|emagrecer rápido|emagreça|emagrece rápido|chá detox|suco detox
            |chá emagreced*|desintoxic*|inibe o apetite|inibidor de apetite|aumenta a imunidade
            |fortalece a imunidade|fortalece o sistema imun*|homeopat*|botox|preenchimento labial|lipoaspiração|cbd
            |clinicamente comprovado|cura a diabetes|quilos em uma semana|herbalife|ozempic""",
    },
    innocent="""
        cor de vinho|cor vinho|tom vinho|vermelho vinho|bordô vinho|batom vinho|vestido vinho|vinho tinto sauce
        |sem álcool|álcool em gel|álcool gel|coquetel de frutas|vestido de coquetel|matar a saudade|matar saudade*
        |matar a fome|matar a vontade|matando a saudade|morri de rir|morta de rir|bomba de chocolate|pistola de cola
        |política de privacidade|política de troca|macaco branco|bicha do pé|vadia de|cu de judas|foda demais
        |ficou foda|muito foda|foda|drink de fruta|drink sem|piranha de cabelo|piranha no cabelo|presilha piranha
        |lula frita|anéis de lula|lula molusco|lula grelhada|lula à|blaze orange|baseado em|baseado na|baseado no
        |baseados em|é baseado|drogaria*|droga raia|beck's|crack do|crack da bola|cacete de pão|parafuso corno""",
    negations="não|nao|sem|nunca|jamais|contra|nem|nada de|chega de|pare de|parar de|parei de|diga não|evitar|zero",
)
