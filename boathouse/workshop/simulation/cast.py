"""Who comes: names of our own invention from many places, so that no script or length is forgotten."""

import itertools
import random
from collections.abc import Iterator

GIVEN = """
Ada Adaeze Aisha Akira Alba Aleksi Amira Ana Anders Anh Anouk Aroha Arjun Asta Aylin Bao Beatriz Ben Birgit
Björn Boipelo Bruno Camille Carlos Chiara Chidi Cleo Dalia Daan Deniz Dimitra Dunja Ebba Eero Efua Elif Emre
Esra Eszter Fatou Felix Finn Francesca Frieda Gábor Gerda Giorgos Greta Hanna Hye-jin Hugo Ida Ife Ilse Imani
Inés Ines Ivo Jana Jens João Jonas Jörg Julia Kaito Karin Katarzyna Kenji Khadija Kofi Lale Lars Leila Leon
Liam Linh Lotte Luca Łukasz Maja Malik Mateo Matías Mehmet Mei Milan Miriam Mirela Moana Nadia Naïma Ngozi
Nils Noor Nuno Olga Oluwaseun Oskar Paula Pelin Petra Pia Priya Rahel Ravi Renée Rosa Ruben Saanvi Samira
Sanne Sean Selma Siân Sinem Søren Soraya Stefan Sunniva Svea Tariq Tess Thabo Theo Tiago Tomáš Uğur Ulla Ursu
Vera Viktor Wanjiru Willem Xiomara Yara Yasmin Yuki Yusuf Zainab Zeynep Žiga Zoë
"""
FAMILY = """
Abara Achterberg Aguirre Albrecht Almási Andersen Aydın Bakker Banerjee Barros Bauer Bianchi Birk Böhm
Bondarenko Cardoso Castell Cho Çelik Dahl Demir Dubois Dvořák Eckhart Eide Estrada Farkas Fernandes Fischer
Forsell Gallo Ganley Georgiou Grønlund Gruber Haddad Hakala Hansen Hartmann Hayashi Holm Horváth Ibekwe
Ionescu Iqbal Jansen Jokinen Kaplan Karlsson Kaya Keller Kimura Kowalska Krüger Kumar Laine Lam Leclerc
Lindqvist Löwe Mahlangu Marín Mbeki Meier Mensah Moreau Moretti Müller Nakamura Nair Nguyễn Novak Nowak
Oduya Okafor Olsen Özdemir Papadakis Park Pereira Pham Quaye Quispe Ramos Rao Reyes Richter Rossi Saarinen
Sánchez Santos Schäfer Schreiber Sharma Silva Šimek Sørensen Tamm Tanaka Te-Rangi Thule Toth Traoré Tran
Ueda Urban Vargas Vogel Weber Weiß Wójcik Yamada Yilmaz Zamora Zeller
"""
WHOLE = (
    "אבי לוין",
    "ليلى حداد",
    "נועה כרמל",
    "سامي نصار",
    "佐藤 光",
    "김서연",
    "Оксана Ярова",
    "Μαρία Βλάχου",
)


def people(chance: random.Random) -> Iterator[str]:
    """Names without end; the first few thousand are all different."""
    pairs = list(itertools.product(GIVEN.split(), FAMILY.split()))
    chance.shuffle(pairs)
    whole = list(WHOLE)
    for number, (given, family) in enumerate(itertools.cycle(pairs), 1):
        # Now and then a name written from right to left, or without spaces as we know them.
        yield whole.pop() if number % 25 == 0 and whole else f"{given} {family}"
