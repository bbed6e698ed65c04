"""The payment links of the double: Checkout Sessions on the processor's own page.

    {"do": "checkout", "link": "cs_1"}      the customer opens the link, and pays by card; without a name, the last one
"""

SHORTEST, LONGEST = 30 * 60, 24 * 3600


class Links:
    """What the processor knows of payment links. A part of the processor."""

    def __init__(self):
        self.sessions, self.later = {}, {}

    def do_checkout(self, link=None):
        session = self.session(link or list(self.sessions)[-1])
        if session["status"] != "open":
            return {"paid": False}
        method, usage = self.fresh("pm"), self.later[session["id"]].pop("usage", None)
        if session["customer_creation"] == "always":
            session["customer"] = self.fresh("cus")
            # Without the wish to use it later, the card is not attached to the customer.
            if usage:
                self.do_save(session["customer"], method)
        intent = {
            "id": self.fresh("pi"), "object": "payment_intent", "amount": session["amount_total"], "amount_received": 0,
            "currency": session["currency"], "customer": session["customer"], "payment_method": method, "created": self.now(),
            "setup_future_usage": usage,
            "last_payment_error": None, "latest_charge": None, "status": "processing",
            "metadata": dict(self.later[session["id"]]),
        }
        self.intents[intent["id"]] = intent
        self.enter(intent, "succeeded")
        session.update(status="complete", payment_status="paid", payment_intent=intent["id"], url=None)
        self.happened("checkout.session.completed", session)
        return {"paid": True, "payment": intent["id"]}

    def session(self, number):
        if number not in self.sessions:
            raise self.problem(404, f"No such checkout.session: '{number}'", "resource_missing")
        session = self.sessions[number]
        if session["status"] == "open" and self.now() >= session["expires_at"]:
            self.close(session)
        return session

    def close(self, session):
        session.update(status="expired", url=None)
        self.happened("checkout.session.expired", session)

    def open_session(self, form):
        price = "line_items[0][price_data]"
        amount, expires = form.get(f"{price}[unit_amount]", ""), form.get("expires_at", "")
        if form.get("mode") != "payment" or form.get("line_items[0][quantity]") != "1":
            raise self.problem(400, "The double sells one thing, for a payment.")
        if form.get("payment_method_types[0]") != "card":
            raise self.problem(400, "The double takes cards only.")
        if not form.get(f"{price}[product_data][name]"):
            raise self.problem(400, "Missing required param: line_items[0][price_data][product_data][name].", "parameter_missing")
        if not form.get("success_url", "").startswith(("https://", "http://")):
            raise self.problem(400, "Not a valid URL", "url_invalid")
        if not amount.isdigit() or int(amount) < 30:
            raise self.problem(400, "The Checkout Session's total amount must convert to at least 30 pence.", "amount_too_small")
        if not expires.isdigit() or not SHORTEST <= int(expires) - self.now() <= LONGEST:
            raise self.problem(400, "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.")
        usage, creation = form.get("payment_intent_data[setup_future_usage]"), form.get("customer_creation", "if_required")
        if usage not in (None, "off_session", "on_session") or creation not in ("always", "if_required"):
            raise self.problem(400, "Invalid setup_future_usage or customer_creation.")
        number = self.fresh("cs_test")
        named = lambda start: {name[len(start) + 1:-1]: value for name, value in form.items() if name.startswith(start + "[")}
        session = {
            "id": number, "object": "checkout.session", "mode": "payment", "status": "open", "payment_status": "unpaid",
            "amount_total": int(amount), "currency": form[f"{price}[currency]"], "created": self.now(), "expires_at": int(expires),
            "client_reference_id": form.get("client_reference_id"), "metadata": named("metadata"), "payment_intent": None,
            "customer": None, "customer_creation": creation,
            "success_url": form["success_url"], "url": f"https://checkout.example/c/pay/{number}#fid{'kdCc' * 60}",
        }
        self.sessions[number] = session
        self.later[number] = {**named("payment_intent_data[metadata]"), **({"usage": usage} if usage else {})}
        return session

    def expire_session(self, number):
        session = self.session(number)
        if session["status"] != "open":
            raise self.problem(400, f"Only Checkout Sessions with a status in [\"open\"] can be expired. This one is {session['status']}.")
        self.close(session)
        return session

    def listed_sessions(self, query):
        since = int(query.get("created[gte]", 0))
        return [self.session(each["id"]) for each in reversed(list(self.sessions.values())) if each["created"] >= since]
