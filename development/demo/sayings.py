"""What people write, in three languages, as they write it: by the book, sloppily, in anger."""

from collections.abc import Mapping, Sequence

Sayings = Mapping[str, Sequence[str]]
"""By language."""

PURPOSES: Mapping[int, float] = {1: 3, 2: 8, 3: 20, 4: 2, 5: 2, 6: 10, 7: 13, 8: 36, 9: 2, 10: 4}
"""How often each is asked for."""

REGISTRATIONS: Sayings = {
    "ru": (
        "РЕГИСТРАЦИЯ#{name}#{document}#{address}#Согласен на обработку персональных данных",
        "РЕГИСТРАЦИЯ#{name}#{document}#{address}",
        "Регистрация#{document}",
        "Регистрация#{document}",
        "регистрация {spaced}",
        "registracia {spaced}",
        "ригистрация#{document}",
        "Регистрация {name} паспорт {spaced}",
        "здравствуйте зарегистрируйте меня пожалуйста {document}",
        "{document}",
    ),
    "tt": ("ТЕРКӘЛҮ {document}", "теркәлү#{document}", "ТЕРКӘЛҮ {spaced}", "РЕГИСТРАЦИЯ#{name}#{document}"),
    "en": ("REGISTER#{name}#{document}", "register {document}", "Hello, please register me {document}"),
}
WRONG_REGISTRATIONS: Sayings = {
    "ru": ("РЕГИСТРАЦИЯ#{name}#{short}#{address}", "Регистрация#{short}", "регистрация", "РЕГИСТРАЦИЯ#{name}"),
    "tt": ("ТЕРКӘЛҮ {short}", "теркәлү"),
    "en": ("REGISTER {short}", "register me please"),
}
REQUESTS: Sayings = {
    "ru": ("Цель {n}", "цель {n}", "ЦЕЛЬ#{n}", "цель{n}", "cel {n}", "{n}", "пропуск {n}", "Цель: {n}.", "tsel {n}"),
    "tt": ("максат {n}", "Максат {n}", "{n}", "цель {n}"),
    "en": ("purpose {n}", "Purpose {n} please", "{n}", "I need a pass, purpose {n}"),
}
ERRANDS: Mapping[int, Sayings] = {
    3: {
        "ru": ("в больницу", "мне к врачу", "дайте пропуск в поликлинику", "к стоматологу срочно", "v bolnicu"),
        "tt": ("табибка барырга кирәк", "хастаханәгә"),
        "en": ("to the doctor", "I have to go to the hospital"),
    },
    6: {"ru": ("на дачу!!!", "надо на дачу рассаду везти", "na dachu"), "tt": ("дачага",), "en": ("to my dacha",)},
    7: {
        "ru": ("в банк", "на почту за посылкой", "в сбербанк пожалуйста"),
        "tt": ("банкка", "почтага"),
        "en": ("to the bank please", "post office"),
    },
    8: {
        "ru": ("в аптеку", "за продуктами", "здравствуйте дайте пожалуйста пропуск в аптеку", "маме лекарства отвезти"),
        "tt": ("даруханәгә", "кибеткә"),
        "en": ("to the pharmacy", "grocery shopping"),
    },
}
BARE_REQUESTS: Sayings = {
    "ru": ("дайте мне пропуск", "здравствуйте, нужен пропуск", "пропуск", "как мне выйти из дома"),
    "tt": ("миңа рөхсәт кирәк",),
    "en": ("give me a pass please", "I need a pass"),
}
STATUS: Sayings = {"ru": ("статус", "СТАТУС", "мой пропуск", "cnfnec"), "tt": ("минем рөхсәт",), "en": ("status",)}
REPEAT: Sayings = {"ru": ("ПОВТОР", "povtor", "забыл код"), "tt": ("кабатла",), "en": ("repeat",)}
EXTEND: Sayings = {"ru": ("ПРОДЛИТЬ", "продлите пожалуйста"), "tt": ("озайтырга",), "en": ("extend my pass",)}
CANCEL: Sayings = {"ru": ("ОТМЕНА", "отмените пропуск"), "tt": ("юкка чыгар",), "en": ("CANCEL PASS",)}
RULES: Sayings = {"ru": ("СПРАВКА", "помощь", "какие цели?"), "tt": ("белешмә",), "en": ("rules",)}
MORE: Sayings = {"ru": ("ЕЩЁ", "еще"), "tt": ("тагын",), "en": ("more",)}
GENUINE: Sayings = {"ru": ("ПРОВЕРЬ", "это мошенники?"), "tt": ("ПРОВЕРЬ",), "en": ("is this genuine?",)}
NOT_ME: Sayings = {"ru": ("НЕ Я", "это не я"), "tt": ("мин түгел",), "en": ("NOT ME",)}
MY_DATA: Sayings = {"ru": ("МОИ ДАННЫЕ",), "tt": ("минем мәгълүмат",), "en": ("MYDATA",)}
COMPLAINTS: Sayings = {
    "ru": (
        "ЖАЛОБА анализ отрицательный, меня записали по ошибке",
        "ЖАЛОБА мне отказали без причины",
        "жалоба: болел не я, а сосед",
    ),
    "tt": ("шикаять миңа рөхсәт бирмәделәр",),
    "en": ("APPEAL my test was negative",),
}
QUESTIONS: Sayings = {
    "ru": (
        "почему отказ?",
        "а с собакой гулять можно?",
        "нужен ли пропуск на работу?",
        "сколько действует пропуск",
        "можно ли ехать вдвоем с женой",
        "вынести мусор",
        "скорая",
        "в ближайшую аптеку",
    ),
    "tt": ("нигә?", "чүп чыгарырга", "эшкә"),
    "en": ("why was I refused?", "can I walk the dog", "do I need a pass to go to work?"),
}
RUDE: Sayings = {
    "ru": (
        "да пошли вы со своими пропусками",
        "вы там совсем обалдели???",
        "ИДИОТЫ!!!!!",
        "верните мне мою свободу",
        "😡😡😡",
        "ааааааааа",
        "не надо 3",
        "я в магазине",
    ),
    "tt": ("оят сезгә",),
    "en": ("this is ridiculous", "leave me alone"),
}
CHILDREN: Sayings = {"ru": ("РЕБЕНОК {name}",), "tt": ("бала {name}",), "en": ("CHILD {name}",)}
