//! What journeys share: a browser, a server, and finding things by role and name.
