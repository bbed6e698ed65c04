"""The charges of the double: customers with saved payment methods, and payment intents that are confirmed without the customer.

    {"do": "save", "customer": "cus_1", "method": "pm_1", "outcome": "succeeded", "last4": "4242"}
                                    a saved payment method; its outcome is also processing, approve, or the word for a decline
    {"do": "decide", "charge": "pi_1", "status": "succeeded"}    the bank decides on a charge; else requires_payment_method
"""


class Declined(Exception):
    """A charge that was declined: an answer that is kept with its key."""

    def __init__(self, intent):
        super().__init__("declined")
        error = intent["last_payment_error"]
        self.status, self.body = 402, {"error": {**error, "payment_intent": dict(intent)}}


def problem_of(code):
    """The error of a decline, as the processor words it."""
    if code == "approve":
        return {"type": "card_error", "code": "authentication_required", "decline_code": "authentication_required",
                "message": "Your card was declined. This transaction requires authentication."}
    return {"type": "card_error", "code": "card_declined", "decline_code": code, "message": "Your card was declined."}


class Charges:
    """What the processor knows of charges. A part of the processor."""

    def __init__(self, problem):
        self.methods, self.intents, self.problem = {}, {}, problem

    def do_save(self, customer, method, outcome="succeeded", last4="4242", brand="visa"):
        card = {"brand": brand, "last4": last4, "exp_month": 9, "exp_year": 2031}
        self.methods[method] = {"id": method, "object": "payment_method", "customer": customer, "type": "card", "card": card,
                                "outcome": outcome}
        return {}

    def do_decide(self, charge, status, reason="insufficient_funds"):
        intent = self.intent(charge)
        self.enter(intent, status, reason)
        return {}

    def intent(self, number):
        if number not in self.intents:
            raise self.problem(404, f"No such payment_intent: '{number}'", "resource_missing")
        return self.intents[number]

    def with_method(self, intent, query):
        """A payment intent, with its payment method in full where that is asked for."""
        wants = any(name.startswith("expand[") and value == "payment_method" for name, value in query.items())
        method = self.methods.get(intent["payment_method"])
        shown = method and {name: value for name, value in method.items() if name != "outcome"}
        return {**intent, "payment_method": shown} if wants and shown else intent

    def enter(self, intent, status, reason=None):
        intent["status"] = status
        if status == "succeeded":
            intent["amount_received"] = intent["amount"]
            intent["latest_charge"] = intent["id"].replace("pi_", "ch_", 1)
            self.do_pay(intent["id"], intent["amount"], intent["currency"])
        if status == "requires_payment_method":
            intent["last_payment_error"] = problem_of(reason)
        self.happened("payment_intent." + {"succeeded": "succeeded", "canceled": "canceled"}.get(status, "payment_failed"), intent)

    def known_customer(self, customer):
        if customer not in [each["customer"] for each in self.methods.values()]:
            raise self.problem(400, f"No such customer: '{customer}'", "resource_missing")

    def charge(self, form):
        customer, method = form.get("customer", ""), form.get("payment_method", "")
        amount = form.get("amount", "")
        if not amount.isdigit() or int(amount) < 30:
            raise self.problem(400, "Amount must be at least 30 pence", "amount_too_small")
        if form.get("confirm") != "true" or form.get("off_session") != "true":
            raise self.problem(400, "The double confirms charges without the customer only.")
        self.known_customer(customer)
        saved = self.methods.get(method)
        if not saved or saved["customer"] != customer:
            raise self.problem(400, f"No such PaymentMethod: '{method}'", "resource_missing")
        intent = {
            "id": self.fresh("pi"), "object": "payment_intent", "amount": int(amount), "amount_received": 0,
            "currency": form["currency"], "customer": customer, "payment_method": method, "created": self.now(),
            "last_payment_error": None, "latest_charge": None, "status": "processing",
            "metadata": {name[9:-1]: value for name, value in form.items() if name.startswith("metadata[")},
        }
        self.intents[intent["id"]] = intent
        outcome = saved["outcome"]
        if outcome in ("succeeded", "processing"):
            if outcome == "succeeded":
                self.enter(intent, outcome)
            return intent
        self.enter(intent, "requires_payment_method", outcome)
        raise Declined(intent)

    def cancel_charge(self, number):
        intent = self.intent(number)
        if intent["status"] in ("succeeded", "canceled"):
            raise self.problem(400, f"You cannot cancel this PaymentIntent because it has a status of {intent['status']}.",
                               "payment_intent_unexpected_state")
        self.enter(intent, "canceled")
        return intent

    def listed_charges(self, query):
        self.known_customer(query["customer"])
        return [each for each in reversed(self.intents.values()) if each["customer"] == query["customer"]]

    def listed_methods(self, customer):
        shown = [each for each in self.methods.values() if each["customer"] == customer]
        if not shown:
            raise self.problem(404, f"No such customer: '{customer}'", "resource_missing")
        return [{name: value for name, value in each.items() if name != "outcome"} for each in shown]
