"""Words that name a niche, in English, German, French, Spanish, Portuguese and Italian: our own lists."""

from typing import Final

NICHE_WORDS: Final[dict[str, str]] = {
    "fashion": """
        fashion style outfit ootd look lookbook wardrobe dress jeans skirt blouse sweater jacket coat blazer denim shoes
        sneakers heels boots handbag jewelry streetwear fashionista fashionblogger stylist styling wearing wear clothes
        clothing boutique thrifted menswear womenswear whatiwore wiwt liketkit liketoknowit swimsuit bikini model
        mode kleid hose jacke mantel schuhe stiefel tasche pullover rock bluse klamotten kleidung
        robe tenue manteau chaussures bottes sac pantalon jupe veste pull vetements bijoux
        moda vestido falda zapatos bolso abrigo chaqueta ropa camisa pantalones estilo vaqueros botas
        roupa sapatos bolsa casaco saia calca camiseta lookdodia tendencia
        abito vestito gonna scarpe borsa giacca cappotto stivali maglione stile abbigliamento""",
    "beauty": """
        beauty makeup mua skincare lipstick mascara eyeshadow eyeliner foundation concealer palette brows lashes nails
        manicure nailart hair haircut hairstyle hairstylist salon serum moisturizer sunscreen cleanser perfume fragrance
        glam contour blush cosmetics lotion balayage blonde curls
        schminke lippenstift hautpflege wimpern nagel haare frisur friseur parfum kosmetik gesichtspflege
        maquillage beaute rouge levres cils ongles cheveux coiffure soin peau creme
        maquillaje belleza labial pestanas unas cabello peinado piel crema perfume
        maquiagem beleza batom cilios unhas cabelo pele esmalte
        trucco bellezza rossetto ciglia unghie capelli acconciatura pelle profumo""",
    "food": """
        food foodie recipe recipes cook cooking baking bake kitchen delicious yummy tasty breakfast brunch lunch dinner
        dessert cake cookies chocolate pizza pasta salad soup burger cheese bread chef restaurant cafe coffee cocktail
        wine foodporn foodblogger foodphotography instafood eat eats snack vegan vegetarian plantbased sauce flavor
        rezept kochen backen essen lecker kuchen fruhstuck abendessen kase brot kaffee wein gericht
        recette cuisine cuisiner gateau dejeuner diner fromage pain vin delicieux plat gourmand
        receta cocina comida desayuno cena almuerzo postre queso pan vino rico restaurante tarta
        receita cozinha bolo jantar almoco sobremesa queijo vinho delicia gostoso
        ricetta cucina cibo colazione pranzo cena dolce torta formaggio pane vino ristorante buono""",
    "travel": """
        travel traveling travelling traveler traveller traveltheworld wanderlust trip vacation holiday explore adventure
        destination hotel resort airport flight passport backpacking roadtrip island beach mountains hiking tourism tour
        itinerary travelgram travelblogger travelphotography city sunset landscape nature ocean desert
        reise reisen urlaub strand meer berge wandern flug reiseblogger abenteuer insel ausflug
        voyage voyager vacances plage mer montagne ile randonnee avion paysage
        viaje viajar viajes vacaciones playa mar montana isla vuelo turismo paisaje
        viagem viajar ferias praia montanha ilha voo turismo
        viaggio viaggiare vacanza vacanze spiaggia mare montagna isola volo paesaggio""",
    "fitness": """
        fitness workout gym training trainer fit fitfam fitspo exercise squat squats deadlift cardio muscle bodybuilding
        strength lift lifting yoga pilates running runner marathon crossfit abs booty protein gains personaltrainer
        healthylifestyle weightloss transformation athlete triathlon cycling reps
        sport krafttraining laufen muskeln abnehmen ubung ubungen fitnessstudio
        entrainement musculation courir course salle muscle seance
        entrenamiento gimnasio ejercicio ejercicios correr musculo entrenar
        treino academia exercicio musculacao corrida
        allenamento palestra esercizio esercizi muscoli correre""",
    "family": """
        family mom mum mama mommy mummy dad daddy baby toddler kids children son daughter pregnant pregnancy bump
        newborn motherhood fatherhood parenting parents siblings momlife mumlife nursery breastfeeding school toddlers
        boymom girlmom momblogger mumsofinstagram twins husband wife
        familie mutter vater kinder kind tochter sohn schwanger schwangerschaft mamablogger kita geschwister
        famille maman papa bebe enfant enfants fille fils enceinte grossesse maternite
        familia mama papa bebe hijo hija hijos ninos embarazada embarazo maternidad
        filho filha filhos mae pai gravida gravidez maternidade criancas
        famiglia mamma papa bambino bambini figlio figlia figli incinta gravidanza maternita""",
    "pets": """
        dog dogs puppy pup cat cats kitten pet pets doggo dogsofinstagram catsofinstagram dogstagram instadog paws paw
        bark furry furbaby rescue adoptdontshop vet leash retriever bulldog frenchie poodle corgi husky bunny hamster
        labrador terrier dachshund pomeranian chihuahua
        hund hunde katze katzen welpe haustier pfote tierarzt hundeliebe
        chien chiens chat chats chiot chaton animaux
        perro perros gato gatos cachorro mascota mascotas
        cachorro gatinho gato bichinho
        cane cani gatto gatti cucciolo gattino""",
    "interior": """
        interior interiordesign interiors homedecor decor decoration furniture sofa couch livingroom bedroom kitchen
        bathroom cushion rug curtains wallpaper renovation remodel farmhouse home homedesign apartment cozy shelf
        shelfie architecture makeover diyhome tiles lamp garden plants
        einrichtung wohnen wohnzimmer schlafzimmer mobel deko zuhause wohnung interieur teppich
        deco maison salon chambre meuble meubles canape decoration appartement
        decoracion hogar casa salon dormitorio muebles alfombra cojines
        decoracao casa sala quarto moveis tapete apartamento
        arredamento casa soggiorno camera mobili divano tappeto arredo""",
    "gaming": """
        gaming gamer game games gameplay twitch streamer stream esports playstation xbox nintendo switch steam fortnite
        minecraft roblox console controller fps rpg mmo speedrun walkthrough letsplay valorant leagueoflegends gta
        zocken spiel spiele spielen konsole
        jeu jeux joueur jouer manette console
        videojuego videojuegos jugar jugador consola partida
        jogo jogos jogar jogador
        videogioco videogiochi giocare giocatore giochi""",
    "tech": """
        tech technology gadget gadgets smartphone phone iphone android laptop computer pc software app coding
        programming developer ai robot unboxing headphones camera drone setup hardware processor startup
        code python javascript
        technik technologie handy rechner programmieren entwickler gerat
        technologie telephone ordinateur logiciel appli
        tecnologia movil celular ordenador programacion aplicacion
        celular computador programacao aplicativo
        telefono programmazione applicazione""",
    "music": """
        music song songs singer singing album band concert guitar piano drums dj producer rapper hiphop lyrics gig
        newmusic spotify musician vinyl studio stage festival tour vocals
        musik lied lieder sanger konzert gitarre
        musique chanson chanteur chanteuse concert guitare
        musica cancion cantante concierto guitarra
        cantor cantora show violao
        canzone canzoni concerto chitarra cantante""",
    "sports": """
        sport sports football soccer basketball baseball tennis golf hockey nfl nba cricket rugby match team league goal
        coach player championship surf surfing skateboard snowboard ski climbing boxing stadium
        fussball spieler mannschaft tor trainer liga
        foot equipe match joueur ligue
        futbol equipo partido jugador liga gol
        futebol time jogador gol
        calcio squadra partita giocatore""",
    "art": """
        art artist artwork painting drawing sketch illustration illustrator watercolor sculpture gallery museum canvas
        tattoo diy craft crafts handmade crochet knitting sewing calligraphy lettering ceramics pottery
        kunst kunstler malen zeichnen basteln nahen stricken hakeln selbstgemacht
        artiste peinture dessin couture tricot faitmain
        arte artista pintura dibujo manualidades hechoamano
        desenho artesanato croche feitoamao
        pittura disegno artigianato fattoamano cucito""",
    "photography": """
        photography photographer photo photos photoshoot camera lens canon nikon leica portrait portraits lightroom
        exposure bokeh blackandwhite streetphotography photooftheday filmphotography shutter
        fotografie fotograf foto kamera
        photographie photographe appareil
        fotografia fotografo camara retrato
        fotografa fotografi fotocamera ritratto""",
    "cars": """
        car cars automotive auto supercar driving drive engine motor motorcycle motorbike bmw porsche ferrari mercedes
        audi turbo horsepower drift racing formula garage tuning wheels ride
        fahren motorrad wagen autos
        voiture voitures conduire moto moteur
        coche coches conducir motor moto
        carro carros dirigir motor
        macchina macchine guidare motore auto""",
    "finance": """
        finance money investing investment invest stocks crypto bitcoin trading entrepreneur business budget savings
        passiveincome wealth realestate marketing leadership career mortgage dividend
        geld finanzen aktien investieren sparen unternehmer
        argent bourse investir entreprise epargne
        dinero finanzas inversion invertir negocio emprendedor ahorro
        dinheiro investimento negocio empreendedor
        soldi finanza investire azienda risparmio""",
    "wellness": """
        wellness health healthy mindfulness meditation selfcare selflove mentalhealth therapy anxiety sleep nutrition
        nutritionist diet detox supplements vitamins holistic spirituality breathwork journaling gratitude wellbeing
        gesundheit gesund ernahrung achtsamkeit seele
        sante bienetre nutrition sain
        salud bienestar nutricion saludable
        saude bemestar nutricao saudavel
        salute benessere nutrizione sano""",
    "books": """
        book books bookstagram reading reader read novel author library bookworm chapter poetry poem writer writing
        buch bucher lesen roman autorin gedicht
        livre livres lecture lire roman poesie
        libro libros lectura leer novela poesia
        livro livros leitura ler romance
        libro libri lettura leggere romanzo poesia""",
    "comedy": """
        comedy funny humor humour meme memes joke jokes prank hilarious lol parody standup sketch laugh comedian skit
        lustig witz witze humor komiker
        drole blague humour rire
        humor chiste comedia risa gracioso broma
        humor piada comedia engracado
        comicita divertente battuta ridere comico""",
    "weddings": """
        wedding bride bridal groom bridesmaid bridesmaids engaged engagement proposal weddingdress weddingday
        weddinginspiration weddingphotographer vows honeymoon
        hochzeit braut brautigam brautkleid verlobt
        mariage mariee marie fiances
        boda novia novio casamiento
        casamento noiva noivo
        matrimonio sposa sposo nozze""",
}  # fmt: skip
"""Words per niche, without accents."""

ALSO_CALLED: Final[dict[str, str]] = {
    "fasion": "fashion", "fashon": "fashion", "style": "fashion", "mode": "fashion", "moda": "fashion",
    "clothing": "fashion", "apparel": "fashion", "streetwear": "fashion", "jewelry": "fashion", "model": "fashion",
    "makeup": "beauty", "cosmetics": "beauty", "skincare": "beauty", "hair": "beauty", "nails": "beauty",
    "beaute": "beauty", "belleza": "beauty", "beleza": "beauty", "bellezza": "beauty", "kosmetik": "beauty",
    "cooking": "food", "foodie": "food", "recipes": "food", "drinks": "food", "gastronomy": "food", "vegan": "food",
    "comida": "food", "cuisine": "food", "cucina": "food", "essen": "food", "restaurant": "food", "wine": "food",
    "tourism": "travel", "reisen": "travel", "reise": "travel", "voyage": "travel", "viajes": "travel",
    "viagem": "travel", "viaggi": "travel", "outdoor": "travel", "adventure": "travel",
    "sport": "sports", "football": "sports", "soccer": "sports", "gym": "fitness", "yoga": "fitness",
    "workout": "fitness", "parenting": "family", "mom": "family", "kids": "family", "parents": "family",
    "motherhood": "family", "familie": "family", "famille": "family", "familia": "family", "famiglia": "family",
    "pet": "pets", "dog": "pets", "dogs": "pets", "cat": "pets", "cats": "pets", "animals": "pets",
    "home": "interior", "decor": "interior", "interiors": "interior", "furniture": "interior", "wohnen": "interior",
    "games": "gaming", "game": "gaming", "esports": "gaming", "technology": "tech", "gadgets": "tech",
    "computers": "tech", "software": "tech", "musik": "music", "musique": "music", "musica": "music",
    "diy": "art", "crafts": "art", "design": "art", "photo": "photography", "photos": "photography",
    "automotive": "cars", "auto": "cars", "autos": "cars", "motor": "cars", "business": "finance",
    "entrepreneur": "finance", "money": "finance", "health": "wellness", "selfcare": "wellness",
    "nutrition": "wellness", "literature": "books", "reading": "books", "humor": "comedy", "humour": "comedy",
    "funny": "comedy", "entertainment": "comedy", "wedding": "weddings", "bridal": "weddings",
}  # fmt: skip
"""Other names of a niche, and the ways it is often written."""
