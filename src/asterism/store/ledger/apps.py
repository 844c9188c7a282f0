"""The ledger as Django knows it."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The ledger's application: its models and migrations."""

    name = "asterism.store.ledger"
    label = "ledger"
    verbose_name = "Asterism's ledger"
    default_auto_field = "django.db.models.BigAutoField"
