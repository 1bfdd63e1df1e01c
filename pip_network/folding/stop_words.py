"""Words that are in every text of our three languages and so say nothing of what it is about.

They are looked for in phrases ("cadena de valor") and nowhere else.
"""

SPANISH = """
a al algo alguna algunas alguno algunos ante antes aquel aquella aunque bajo cada como con contra
cual cuales cuando cuanto cuya cuyo de del desde donde durante e el ella ellas ellos en entre era
eran es esa esas ese eso esos esta estaba estan estar estas este esto estos ha haber habia han hasta
hay la las le les lo los mas me mediante mi mientras mucho muchos muy nada ni no nos nosotros o otra
otras otro otros para pero poco por porque pues que quien quienes se sea segun ser si sido sin sino
sobre son su sus tal tambien tan tanto tiene tienen toda todas todo todos tras tu u un una unas uno
unos ya y yo
"""
PORTUGUESE = """
a ao aos aquela aquele as ate cada com como cujo da das de dela dele deles depois do dos e ela elas
ele eles em entre era essa esse esses esta estao estas este estes eu foi foram ha isso isto ja la lhe
mais mas me mesmo meu muito na nao nas nem no nos nossa nosso num numa o os ou outra outro outros
para pela pelas pelo pelos pode por porem qual quando quanto que quem sao se sem ser seu seus sido
sob sobre sua suas tambem te tem ter toda todas todo todos tua um uma umas uns voce d l
"""
ENGLISH = """
a about after all also an and any are as at be because been before being both but by can could did do
does each for from had has have he her his how i if in into is it its more most no nor not of on only
or other our out over own she should so some such than that the their them then there these they this
those through to too under up very was we were what when where which while who will with would you
your
"""
