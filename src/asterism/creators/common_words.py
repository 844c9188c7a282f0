"""Words that many strangers bear: common first names, family names, and words of the trade."""

from typing import Final

_FIRST_NAMES: Final = """
aaron abby abdul abdullah abigail adam addison adele adrian adriana adriano agnes ahmed aida aisha akira alan alba
albert albina alejandro aleksandr aleksandra alena alessandra alessandro alessia alex alexa alexander alexandra
alexandre alexey alexis alfie ali alice alicia alina aline aliya alla allie allison alyssa amal amanda amber amelia
amelie ami amina amir amit amy ana anais anastasia andre andrea andreas andrei andres andrew angel angela angelina
anika anita anja anjali ann anna anne annie anny anouk anthony anton antonia antonio anya april aria ariana arianna
arjun arnold arta arthur arya ashley ashton asia astrid aubrey august aurora austin ava avery ayesha azra barbara
beatrice beatriz becca bella ben benedikt benjamin berat beth beyonce bianca bianka billy bob bogdan brad brandon
brayden brenda brian brianna bridget brittany brooke bruna bruno bryan bryce burak caleb cameron camila camille
candice cara carla carlos carly carmen carol carolina caroline casey cassie catherine cecilia celine chad charlene
charles charlie charlotte chelsea cheryl chiara chloe chris christian christina christine christopher cindy claire
clara claudia cleo cody cole colin connor cora corinna courtney cristiano cristina cynthia daisy dakota damian dan
dana daniel daniela danielle daria darya dasha dave david dean debora deborah denise deniz dennis derek destiny dewi
diana diego dina dmitry dominic dominik donna doris drew duncan dylan ed edith eduardo edward edwin eileen ekaterina
elaine elena eli elias elif elisa elisabeth elise elizabeth ella ellen ellie elodie eloise elsa elvira emil emilia
emilie emily emir emma emre enrique enzo eric erica erik erin esra estelle esther ethan eugene eva eve evelyn evgenia
fabian fabio fatima fatma faye federica federico felix ferdinand fernanda fernando finn fiona flora florence florian
francesca francesco francisco frank franz fred freya gabriel gabriela gabriella gaby gary gemma george georgia gerard
gianna gigi gilbert gina giorgia giovanni giulia giuliano giuseppe gloria gonzalo grace greg greta guillaume gus
gustavo guy haley hamza hana hanna hannah harper harry harvey hassan hayley heather heidi helen helena helene henri
henry herbert hope howard hugo hussein ian ibrahim ida ignacio ilaria ilona imran ines inna irene irina iris isaac
isabel isabella isabelle isla ismail ivan ivana ivy jack jackie jacob jacqueline jade jaime jake james jamie jan jana
jane janet janina jared jasmin jasmine jason javier jay jayden jean jeff jeffrey jen jenna jennifer jenny jeremy jerry
jess jessica jessie jill jim jimmy joan joana joanna joao jocelyn jodie joe joel johan johanna johannes john johnny
jon jonah jonas jonathan jordan jorge jose josef joseph josephine josh joshua josie joy juan judith judy julia julian
juliana julie juliet juliette june justin justine kai kaitlyn karen karim karin karina karl karla karolina kate
katherine kathrin kathy katie katja katrin katya kayla keith kelly ken kendra kerry kevin khadija khalid kiara kim
kira kirsten kitty klara konstantin kristen kristin kristina krystal ksenia kyle kylian kylie lana lance lara larissa
larry lars laura lauren laurence lauryn layla lea leah leila lena leo leon leonard leonardo leonie leticia levi lexi
leyla lia liam lidia lili lilian lillian lilly lily lina linda lindsay lindsey linus lionel lisa lisbeth liz logan
lola loren lorena lorenzo loretta lori lou louis louise luca lucas lucia luciano lucie lucille lucy luigi luis luisa
luka lukas luke luna lydia lyla lynn mackenzie maddie madeleine madeline madison mae maggie maira maja malik malin
manuel mara marc marcel marcela marco marcos marek margaret margot maria mariam mariana marie mariela marilyn marina
mario marion marisa marissa marjorie mark markiyan markus marlene marlon marta martha martin martina marwa mary maryam
mason mateo mateus mathias mathilde matilda matt matteo matthew matthias mattia maurice mauricio mauro max maya megan
mehmet melanie melissa mercedes meredith merve mia micah michael michaela michal michelle miguel miguelangel mihai
mikaela mike mikhail mila milena miles milo mimi mina mira miranda miriam misha mitchell mohamad mohamed mohammed
molly monica monika monique morgan muhammad mustafa myra nadia nadine naima nancy naomi natalia natalie natalya
natasha nathalie nathan nathaniel neil nelly nia nicholas nick nico nicola nicolas nicole nicoletta nigel nika nikita
nikki niklas nikola nils nina noah noelle nolan nora nour nuria octavio oksana olena olga oliver olivia olivier omar
omer ornella oscar owen pablo paige paloma pamela paola paris pat patricia patrick patrizia paul paula pauline paulo
payton pedro penelope peter petra peyton phil philip philipp phoebe pia pierre piper polina poppy prince princess
priya quentin quinn rachel rafael rafaela rahul raj ralph ramona rana randy raquel raul ravi raymond rebecca regina
remi renata rene renee rhea rhys ricardo richard rihanna riley rio rita rob robert roberto robin rodrigo roger roland
romain roman romina ron rory rosa rosalia rose rosie ross roxanne roy ruby rui ruslan ruth ryan sabrina sadie sahar
saida saleh sally salma salvatore sam samantha samira samuel sanaa sandra sandro sanjay santi santiago sara sarah
sasha savannah scarlett scott sean sebastian selena serena sergio serkan seth shakira shane shannon sharon shawn
sheila shelby shirley sid siddharth sienna silvia simon simona simone skye skylar sofia sonia sonja sonya sophia
sophie spencer stacy stefan stella stephan stephanie stephen steve steven sue summer susan susanna sven svetlana
sydney sylvia talia tamar tamara tania tanya tara tatiana taylor ted teresa terry tessa thea theo theodor theresa
thiago thomas tiago tiffany tim timo timothy tina tobias toby todd tom tommy tony tracy travis trevor trinity tristan
tyler ulrike umar ursula valentin valentina valentino valeria valerie vanessa vera verena veronica vicky victor
victoria viktoria vincent vincenzo viola violet virginia vivian vivienne vlad vladimir walter warren wendy wesley
whitney will william willow xavier yana yara yasmin yasmine yolanda yulia yuri yusuf yvonne zach zachary zainab zara
zeina zeynep ziad zoe zora
"""
_FAMILY_NAMES: Final = """
adams aguilar allen almeida alvarez anderson bailey baker barbosa bauer becker bell bennett bernard bianchi brooks
brown butler campbell carter castillo castro chan chavez chen clark cohen collins cook cooper costa cox cruz davies
davis diaz dubois durand edwards evans fernandes fernandez ferrari ferreira fischer flores foster garcia gomes gomez
gonzales gonzalez gray green gupta gutierrez hall harris hernandez hill hoffmann howard huang hughes hussain jackson
jenkins jimenez johnson jones joshi kaur kelly khan king klein koch kumar lee lewis lima lin liu long lopes lopez
martinez mendes mendoza meyer miller mitchell moore morales moreau moreno morgan morris muller murphy myers nelson
nguyen oliveira ortiz owen parker patel pereira perez perry peterson petit phillips pinto powell price ramirez ramos
reed reyes ribeiro richards richardson richter rivera roberts robinson rocha rodrigues rodriguez rogers romano romero
ross rossi ruiz russo sanchez sanders santos schmidt schmitz schneider schroeder schulz schwarz shah sharma silva
singh smith soares souza stewart suarez sullivan taylor thompson torres tran turner vargas wagner walker wang ward
watson weber white williams wilson wolf wood wright yang young zhang zimmermann
"""
_TRADE_WORDS: Final = """
adventure adventures animal animals art artist arts babe baby bake baker bakery bakes baking barbie beach beauties
beauty best blog blogger book books boss boy boys business cake cakes car cars cat cats chef city clean closet clothes
coach coffee comedy cook cooking cooks craft crafts creative creator cute dad daily dance dancer design designs
diaries diary diet digital diy dog dogs dream dreams drink eat eats edit edits education english explore explorer eyes
family fan fans farm fashion film films fit fitlife fitness flower flowers food foodie foodies foods football free
fresh fun funny game gamer gamers games gaming garden genius girl girls glam global gold gourmet gram green guide guy
guys gym hair happy health healthy home homes house inspo instagram interior jewelry joy kid kids king kitchen lab
lady lashes life lifestyle light little live living look looks love lover lovers luxury magic makeup mama man media
meme memes mind mini model models mom moms money moon mother motivation mum music nails natural nature news official
online organic outdoor outfit outfits page paris party people pet pets photo photography photos pics pizza plant
plants play player pretty pro quotes real recipe recipes review reviews run runner school shop show simple skin
skincare sky smile social soul space sport sports star stars store stories story street studio style styles stylist
summer sun super sweet team tech tiktok tips today top tour training travel traveler traveller travels trend trends
trip trips true vegan vibes video videos view vlog vlogs voice wander wellness wife wild woman women work workout
world yoga young your youtube
"""
COMMON: Final = frozenset((_FIRST_NAMES + _FAMILY_NAMES + _TRADE_WORDS).split())
"""Common first and family names of Europe, the Americas, the Arab world, Turkey and India, and words of the trade.

Written down by hand: a word that is missing is taken for rarer than it is until the catalogue itself shows it often.
"""
