//! The table of addresses and their screens.

/// All screens, including the bare root and the one for unknown addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Screen {
    Home,
    Setup,
    Counter,
    Pay,
    Customers,
    AddCustomer,
    Customer,
    PayFor,
    Payment,
    AddCredit,
    PayRefund,
    RefundOutstanding,
    AddOrderFor,
    Order,
    AddNote,
    Refund,
    Orders,
    AddOrder,
    Refunds,
    Partners,
    Settings,
    People,
    Missing,
}

/// A segment that begins with a colon matches any one segment, which gets that name. The first match is used.
const TABLE: [(&str, Screen); 22] = [
    ("", Screen::Home),
    ("setup", Screen::Setup),
    ("counter", Screen::Counter),
    ("pay", Screen::Pay),
    ("customers", Screen::Customers),
    ("customers/new", Screen::AddCustomer),
    ("customers/:c", Screen::Customer),
    ("customers/:c/pay", Screen::PayFor),
    ("customers/:c/payments/:p", Screen::Payment),
    ("customers/:c/credit", Screen::AddCredit),
    ("customers/:c/pay-refund", Screen::PayRefund),
    ("customers/:c/refund-os", Screen::RefundOutstanding),
    ("customers/:c/orders/new", Screen::AddOrderFor),
    ("customers/:c/orders/:o", Screen::Order),
    ("customers/:c/orders/:o/credit", Screen::AddNote),
    ("customers/:c/orders/:o/refund", Screen::Refund),
    ("orders", Screen::Orders),
    ("orders/new", Screen::AddOrder),
    ("refunds", Screen::Refunds),
    ("partners", Screen::Partners),
    ("settings", Screen::Settings),
    ("settings/people", Screen::People),
];

/// A parsed address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The screen.
    pub screen: Screen,
    /// The segments that have a name in the table.
    params: Vec<(&'static str, String)>,
}

impl Route {
    /// Parses a path below the base. A trailing slash is ignored.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let path = path.strip_prefix('/').unwrap_or(path);
        let path = path.strip_suffix('/').unwrap_or(path);
        let found = TABLE.iter().find_map(|(pattern, screen)| Some((*screen, fit(pattern, path)?)));
        let (screen, params) = found.unwrap_or((Screen::Missing, Vec::new()));
        Self { screen, params }
    }

    /// A named segment, encoded as in the address.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

fn fit(pattern: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let (mut wanted, mut given, mut params) = (pattern.split('/'), path.split('/'), Vec::new());
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(params),
            (Some(wanted), Some(given)) => match wanted.strip_prefix(':') {
                Some(name) if !given.is_empty() => params.push((name, given.to_owned())),
                None if wanted == given => {}
                _ => return None,
            },
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_reachable() {
        for (pattern, screen) in TABLE {
            let path = pattern.replace(':', "id-");
            assert_eq!(Route::of(&format!("/{path}")).screen, screen, "{pattern}");
            assert_eq!(Route::of(&format!("/{path}/")).screen, screen, "{pattern}/");
        }
    }

    #[test]
    fn named_segments_are_read() {
        let route = Route::of("/customers/mira/orders/O-1/refund");
        assert_eq!((route.param("c"), route.param("o"), route.param("p")), (Some("mira"), Some("O-1"), None));
        assert_eq!(Route::of("/customers/new").screen, Screen::AddCustomer);
    }

    #[test]
    fn unknown_addresses_have_no_screen() {
        for path in ["/nowhere", "/customers/mira/", "/customers//pay", "/counter/more", "/Counter"] {
            let screen = Route::of(path).screen;
            assert_eq!(screen == Screen::Missing, path != "/customers/mira/", "{path}");
        }
    }
}
