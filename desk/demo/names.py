"""Names for invented people, combined at random from lists of common given names and surnames."""

import random


def _words(text: str) -> list[str]:
    return text.split()


WOMEN = _words(
    """
Achieng Akinyi Amina Asha Atieno Chebet Chemutai Cherono Esther Eunice Faith Fatuma Florence Grace Halima Hawa
Hellen Irene Jane Janet Jepkoech Jerop Joyce Kageha Kanini Khadija Lilian Lydia Makena Margaret Mary Mercy Moraa
Mumbua Muthoni Mwende Nafula Naliaka Nasimiyu Nduku Nekesa Njeri Nyaboke Nyambura Pauline Purity Rehema Rose
Ruth Saida Salome Sarah Stella Syombua Tabitha Wairimu Wambui Wangari Wanjiku Winnie Zainab Zipporah
"""
)
MEN = _words(
    """
Abdi Ali Amos Barasa Benson Charles Chege Daniel David Dennis Ekai Elijah Erick Francis George Godfrey Hassan
Hussein Ibrahim Isaac Jackson James John Joseph Joshua Juma Kamau Kenneth Kevin Kimani Kipchumba Kipkorir
Kiprono Leonard Lekuton Maina Martin Mohamed Moses Mutiso Mutua Mwangi Nicholas Njoroge Ochieng Odhiambo Omar
Onyango Otieno Patrick Paul Peter Philip Rashid Robert Samuel Simon Stephen Thomas Titus Victor Wafula Wekesa
William Yusuf
"""
)
SURNAMES = _words(
    """
Abdalla Adan Aluoch Ambani Angwenyi Areba Bakari Barre Biwott Boru Bosire Bundi Chepkwony Cheruiyot Dida Ekiru
Ereng Etyang Galgalo Gathogo Gichuki Githinji Guyo Hamisi Imathiu Isoe Juma Kahiga Kalama Kamande Kanyi Karani
Kariuki Karisa Kassim Kavita Kazungu Keter Khamis Kibet Kigen Kilonzo Kimeu Kinyua Kioko Kipsang Kirui Kiptoo
Kitheka Kogo Koech Korir Lagat Langat Lekakeny Lelei Lesuuda Lokwang Lomuria Lusweti Macharia Magara Makori
Masinde Mbithi Mbogo Mboya Migiro Mogaka Mokaya Momanyi Mugambi Muiruri Mukhwana Mulwa Mumo Munene Muriithi
Musau Musyoka Mutai Muthama Mutuku Mwachiro Mwakio Mwaniki Mwendwa Ndegwa Ndirangu Ndungu Ngala Ngeno Nganga
Ngetich Njagi Nyakundi Nyamweya Nzomo Obuya Ochola Oduor Ogolla Okello Okoth Ole Omolo Omondi Ongeri Opiyo Orwa
Osoro Otuoma Owino Parsaloi Rono Rotich Ruto Saina Sang Shikuku Simiyu Sitati Songok Tanui Thuranira Too Tuwei
Wachira Wanjala Wanyama Waweru Yego Zuma
"""
)


def person(chance: random.Random, sex: str) -> tuple[str, str]:
    """An invented surname and other names for a woman ("F") or a man ("M")."""
    given = WOMEN if sex == "F" else MEN
    return chance.choice(SURNAMES), " ".join(chance.sample(given, 2))
