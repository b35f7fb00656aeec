"""Forms about councils: what is known of them, their rules, their members."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from accounts.models import User
from core.forms import DayField, OnOrAfter
from core.words import _
from council.models import CouncilKind, Seat
from council.models.council import COUNCIL_KINDS, SEAT_LABELS
from council.rules import (
    BASE_LABELS,
    MARK_LABELS,
    SHARE_LABELS,
    TIE_LABELS,
    Base,
    Mark,
    Rules,
    Share,
    Tie,
)
from council.services.councils import MOST_NOTICE, CouncilFacts, MemberFacts
from orders.forms import LINE, SHORT, VersionedForm, choices_of, needed

NOTICE = NumberRange(0, MOST_NOTICE, message=_("От 0 до %(most)s дней.", most=MOST_NOTICE))


class CouncilForm(VersionedForm):
    """A council with its rules."""

    organisation = SelectField(_("Организация"), coerce=int)
    kind = SelectField(_("Вид"), choices=choices_of(COUNCIL_KINDS))
    name = StringField(
        _("Название"), [needed(_("Назовите совет, например «Совет руководителей».")), Length(max=500)]
    )
    name_prepositional = StringField(
        _("На чём рассматривают отчёт"),
        [needed(_("Напишите, на чём рассматривают отчёт: «Совете руководителей».")), Length(max=500)],
    )
    ground = StringField(_("Каким актом создан"), [Optional(), LINE])
    place = StringField(_("Где заседает"), [Optional(), Length(max=300)])
    register = SelectField(_("Журнал протоколов"), coerce=int)
    norm = TextAreaField(_("Норма, по которой действует"), [Optional(), LINE])
    quorum = SelectField(_("Кворум"), choices=choices_of(SHARE_LABELS))
    majority = SelectField(_("Решение принимают"), choices=choices_of(SHARE_LABELS), default="more_than_half")
    base = SelectField(_("Большинство считают"), choices=choices_of(BASE_LABELS))
    tie = SelectField(_("При равенстве голосов"), choices=choices_of(TIE_LABELS))
    mark = SelectField(_("Отметка на отчёте"), choices=choices_of(MARK_LABELS))
    is_secret = BooleanField(_("Голосование тайное"))
    notice_days = IntegerField(
        _("За сколько дней рассылают повестку"), [InputRequired(_("Напишите число дней.")), NOTICE], default=3
    )

    def rules(self) -> Rules:
        """The rules as chosen."""
        return Rules(
            quorum=Share(self.quorum.data), majority=Share(self.majority.data), base=Base(self.base.data),
            tie=Tie(self.tie.data), mark=Mark(self.mark.data), is_secret=bool(self.is_secret.data),
            notice_days=self.notice_days.data or 0, norm=(self.norm.data or "").strip(),
        )  # fmt: skip

    def facts(self) -> CouncilFacts:
        """What was entered, as services take it."""
        return CouncilFacts(
            name=self.name.data or "", kind=CouncilKind(self.kind.data),
            name_prepositional=self.name_prepositional.data or "", ground=self.ground.data or "",
            place=self.place.data or "", rules=self.rules(),
        )  # fmt: skip


class MemberForm(FlaskForm):
    """One person in a council."""

    person = SelectField(_("Учётная запись"), coerce=int)
    name = StringField(_("Фамилия и инициалы"), [Optional(), SHORT])
    post = StringField(_("Должность"), [Optional(), Length(max=300)])
    email = StringField(_("Почта"), [Optional(), SHORT])
    seat = SelectField(_("Кем является в совете"), choices=choices_of(SEAT_LABELS), default=Seat.MEMBER.value)
    has_vote = BooleanField(_("С правом голоса"), default=True)
    since = DayField(_("С какого дня"), [needed(_("Введите дату как 30.06.2027"))])
    until = DayField(
        _("По какой день"), [Optional(), OnOrAfter("since", _("Срок кончается раньше, чем начинается."))]
    )

    def offer(self, people: list[User]) -> None:
        """People who may be chosen, and «without an account»."""
        known = [
            SelectChoice(p.id, ", ".join(x for x in (p.full_name, p.position_line) if x)) for p in people
        ]
        self.person.choices = [SelectChoice(0, _("без учётной записи")), *known]

    def facts(self, people: list[User]) -> MemberFacts:
        """What was entered, as services take it."""
        user = next((person for person in people if person.id == self.person.data), None)
        return MemberFacts(
            name=self.name.data or "", user=user, post=self.post.data or "", email=self.email.data or "",
            seat=Seat(self.seat.data), has_vote=bool(self.has_vote.data), since=self.since.data,
            until=self.until.data,
        )  # fmt: skip
