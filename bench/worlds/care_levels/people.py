"""People as registrants: their names, mailboxes, phones and organisations."""

from __future__ import annotations

from dataclasses import dataclass

from bench.worlds.care_levels.chance import Chance, Ranking
from bench.worlds.care_levels.names import Names
from bench.worlds.care_levels.words import BUSINESSES

_JUNK_PHONES = ["+1.5555555555", "+1.0000000000", "+1.1234567890", "+86.123456789", "+7.9999999999"]
_COUNTRY_CODES = [1, 1, 1, 7, 31, 33, 34, 40, 44, 48, 49, 84, 86, 90, 91, 380]
_NO_ORGANISATIONS = ["", "", "", "N/A", "Private", "Personal"]


@dataclass(frozen=True, slots=True)
class Person:
    """Who a domain is registered to, as whois has it."""

    name: str
    email: str
    phone: str
    organisation: str


class People:
    """Whoever registers domains in one world, and where they have their mail."""

    def __init__(self, chance: Chance, names: Names, junk_phone: float) -> None:
        self._chance, self._names, self._junk_phone = chance, names, junk_phone
        hosts = [names.provider(["mail", "post", "box"], ("com", "com", "net", "org")) for _ in range(25)]
        self._mail_hosts = Ranking(chance, hosts, 1.1)

    def person(self, organised: float = 0.3) -> Person:
        """Return a new person, who has an organisation as often as said."""
        first, last, host = self._names.first.draw(), self._names.last.draw(), self._mail_hosts.draw()
        return Person(
            name=f"{first} {last}",
            email=f"{self._mailbox(first, last)}@{host}",
            phone=self.phone(),
            organisation=(
                self._organisation() if self._chance.happens(organised) else self._chance.choice(_NO_ORGANISATIONS)
            ),
        )

    def phone(self) -> str:
        """Return a new phone number, or now and then one that anybody makes up."""
        chance = self._chance
        if chance.happens(self._junk_phone):
            return chance.choice(_JUNK_PHONES)
        code = chance.choice(_COUNTRY_CODES)
        return f"+{code}." + "".join(chance.choice("0123456789") for _ in range(chance.randint(9, 10)))

    def mistyped_email(self, email: str) -> str:
        """Return nearly the same mailbox, or one of the same name elsewhere."""
        mailbox, host = email.split("@")
        if self._chance.happens(0.25):
            return f"{mailbox}@{self._mail_hosts.draw()}"
        return f"{self._names.mistyped(mailbox).strip('.').lower()}@{host}"

    def _organisation(self) -> str:
        return f"{self._names.word(2, 3).capitalize()} {self._chance.choice(BUSINESSES)}"

    def _mailbox(self, first: str, last: str) -> str:
        chance = self._chance
        way = chance.random()
        if way < 0.3:
            return f"{first}.{last}".lower()
        if way < 0.5:
            return f"{first[0]}{last}".lower() + self._number(99)
        if way < 0.75:
            return f"{first}{last[:3]}".lower() + str(chance.randint(1, 2005))
        return self._names.word(2, 3) + self._number(999)

    def _number(self, most: int) -> str:
        return str(self._chance.randint(1, most)) if self._chance.happens(0.5) else ""
