"""Accounts. There is no superuser: no flag on an account opens anything; only appointments do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.module_loading import import_string

from hcims.access.permissions import Permission
from hcims.access.roles import ROLES
from hcims.access.scope import Scope
from hcims.encryption import EncryptedTextField
from hcims.periods import in_force
from hcims.references import new_reference

if TYPE_CHECKING:
    from accounts.models.appointments import Appointment
    from organisation.models import Unit


class UserKind(models.TextChoices):
    """How a person signs in: staff by number, people from outside by e-mail."""

    OFFICER = "officer", "Officer"
    CIVILIAN = "civilian", "Civilian member"
    OUTSIDE = "outside", "Outside office-holder"


class UserManager(BaseUserManager["User"]):
    """Finds accounts by what their owners type."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(login__iexact=(username or "").strip())

    def enter(self, *, login: str, kind: str, full_name: str, **fields: Any) -> User:
        """This function will store a new account that cannot be signed in to until it is activated."""
        user = self.model(login=login.strip(), kind=kind, full_name=full_name, **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who can sign in: `login` is a staff number, or an e-mail address for people from outside."""

    is_superuser = False  # a class attribute on purpose: libraries that ask are told no, and no row can say yes
    is_staff = False

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    login = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=8, choices=UserKind)
    full_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = EncryptedTextField(blank=True)  # where messages go; changes through PhoneChange
    language = models.CharField(max_length=2, choices=[("en", "English"), ("sw", "Kiswahili")], default="en")
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    activated_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = UserManager()
    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("login"), name="accounts_user_login_once", violation_error_message="This sign-in name is taken."
            ),
            models.CheckConstraint(
                condition=models.Q(is_active=True, closed_at__isnull=True)
                | models.Q(is_active=False, closed_at__isnull=False),
                name="accounts_user_closed_at",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    # Rights ---------------------------------------------------------------------------------------------------------

    def appointments_on(self, on: date) -> list[Appointment]:
        """The approved appointments in force on the day `on`, read once per request."""
        cache: dict[date, list[Appointment]] = self.__dict__.setdefault("_appointments_on", {})
        if on not in cache:
            cache[on] = list(
                self.appointments.filter(in_force(on), state="approved").select_related("unit").order_by("pk")
            )
        return cache[on]

    def can(self, permission: Permission, *, at: Unit | None = None, on: date) -> bool:
        """Whether an appointment in force on the day `on` carries the permission, at the unit `at` or anywhere."""
        if not self.is_active:
            return False
        scope = self.scope(permission, on=on)
        if at is None or scope.everywhere or scope.is_empty:
            return not scope.is_empty
        if at.pk in scope.trees or at.pk in scope.units:
            return True
        from organisation.models import UnitClosure

        if not scope.trees:
            return False
        return UnitClosure.objects.filter(in_force(on), ancestor__in=scope.trees, descendant=at.pk).exists()

    def scope(self, permission: Permission, *, on: date) -> Scope:
        """Where the permission reaches on the day `on`."""
        if not self.is_active:
            return Scope()
        trees, units, everywhere = set(), set(), False
        for appointment in self.appointments_on(on):
            role = ROLES.get(appointment.role)
            if role is None or permission not in role.permissions:
                continue
            if role.reach == "unit":
                units.add(appointment.unit_id)
            else:
                trees.add(appointment.unit_id)
                everywhere = everywhere or appointment.unit.type == "service"
        return Scope(frozenset(trees), frozenset(units), everywhere)

    def has_role(self, code: str, *, on: date) -> bool:
        return any(each.role == code for each in self.appointments_on(on))

    def office(self, *, on: date, permission: Permission | None = None) -> str:
        """The office this person acts from, in words: "HR officer, Kilifi County"; for the trail and the reader."""
        for each in self.appointments_on(on):
            role = ROLES.get(each.role)
            if role and (permission is None or permission in role.permissions):
                return f"{role.name}, {each.unit.name}"
        return "Officer" if self.kind == UserKind.OFFICER else UserKind(self.kind).label

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """No, but for a grant on one record: the setting RECORD_PERMISSIONS names who answers for each such permission."""
        question = settings.RECORD_PERMISSIONS.get(perm)
        return bool(question and obj is not None and import_string(question)(self, perm, obj))

    def has_perms(self, perm_list: Any, obj: Any = None) -> bool:
        perms = list(perm_list)
        return bool(perms) and all(self.has_perm(each, obj) for each in perms)

    def has_module_perms(self, app_label: str) -> bool:
        return False

    def second_factor_missing(self, request: Any) -> bool:
        """Whether a role of this person compels a second factor that this sitting has not shown."""
        from accounts.second_factor import is_missing

        return is_missing(request)
