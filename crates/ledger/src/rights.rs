//! Who may do what: one pure function, for decisions here and for the endpoint.
