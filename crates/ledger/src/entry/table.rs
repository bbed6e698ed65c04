//! The macro that makes the table of kinds.

/// Generates the body from the table. A row contains the variant, its content, the name of the kind on the wire, the
/// version that this program writes, the traits of the kind, and any earlier versions. An earlier version is a
/// separate type that converts to the current one with `From`, so the rest of the program knows one type per kind.
macro_rules! kinds {
    ($($variant:ident($content:ty) = $name:literal, $version:literal, $traits:expr
        $(, earlier [$($old_version:literal: $old:ty),+])?;)*) => {
        /// The body of an entry. Kinds are named `noun.verb` on the wire.
        #[derive(Debug, Clone, PartialEq)]
        #[allow(missing_docs)]
        pub enum Body {
            $($variant($content),)*
            /// Made by a newer version of the program.
            Unknown(Unknown),
        }

        /// The kind of an entry, without its content.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum EntryKind {
            $($variant,)*
            /// Made by a newer version of the program.
            Unknown,
        }

        impl EntryKind {
            /// All kinds that this program writes.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name on the wire, such as `payment.recorded`; `unknown` for a kind of a newer version.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Unknown => "unknown",
                }
            }

            pub(crate) const fn traits(self) -> Traits {
                match self {
                    $(Self::$variant => $traits,)*
                    Self::Unknown => Traits::OPEN,
                }
            }
        }

        impl Body {
            /// All kinds and versions that this program reads.
            pub const KINDS: &'static [(&'static str, u32)] =
                &[$($($(($name, $old_version),)+)? ($name, $version),)*];

            /// The kind.
            #[must_use]
            pub const fn entry_kind(&self) -> EntryKind {
                match self {
                    $(Self::$variant(_) => EntryKind::$variant,)*
                    Self::Unknown(_) => EntryKind::Unknown,
                }
            }

            /// Kind, version and JSON, amounts as decimal strings with exactly the currency's decimals.
            #[must_use]
            pub fn encode(&self, currency: &Currency) -> (String, u32, String) {
                match self {
                    $(Self::$variant(content) => ($name.into(), $version, wire::write(content, currency)),)*
                    Self::Unknown(unknown) => (unknown.kind.clone(), unknown.kv, unknown.json.clone()),
                }
            }

            /// Reads a body, and tells whether the program that wrote that version would have written these bytes.
            /// Without a currency that is not checked.
            pub(super) fn read(
                kind: &str,
                version: u32,
                json: &str,
                currency: Option<&Currency>,
            ) -> Result<(Self, bool), serde_json::Error> {
                match (kind, version) {
                    $(
                        ($name, $version) => {
                            let content: $content = body::value(json)?;
                            let canonical = wire::is_canonical(&content, json, currency);
                            Ok((Self::$variant(content), canonical))
                        }
                        $($(
                            ($name, $old_version) => {
                                let content: $old = body::value(json)?;
                                let canonical = wire::is_canonical(&content, json, currency);
                                Ok((Self::$variant(content.into()), canonical))
                            }
                        )+)?
                    )*
                    (kind, kv) => {
                        Ok((Self::Unknown(Unknown { kind: kind.into(), kv, json: json.into() }), true))
                    }
                }
            }

            /// Calls `visit` with every id that the body names, in the order of the body.
            pub(crate) fn each_name<'a>(&'a self, mut visit: impl FnMut(&'a Id)) {
                match self {
                    $(Self::$variant(content) => content.each_name(&mut visit),)*
                    Self::Unknown(unknown) => unknown.each_name(&mut visit),
                }
            }

            /// Checks lengths, counts and sums; amounts and rates were checked when they were parsed.
            ///
            /// # Errors
            /// The first value that is above its limit.
            pub fn within_limits(&self) -> Result<(), OverLimit> {
                match self {
                    $(Self::$variant(content) => within_limits(content),)*
                    Self::Unknown(unknown) => within_limits(unknown),
                }
            }

            /// The first account that should hold money and does not.
            pub(crate) fn not_for_money(&self) -> Option<&BookAccount> {
                let accounts = match self {
                    $(Self::$variant(content) => content.money_accounts(),)*
                    Self::Unknown(unknown) => unknown.money_accounts(),
                };
                accounts.into_iter().flatten().find(|account| !account.code.is_money())
            }

            pub(super) fn money_accounts_mut(&mut self) -> [Option<&mut BookAccount>; 2] {
                match self {
                    $(Self::$variant(content) => content.money_accounts_mut(),)*
                    Self::Unknown(unknown) => unknown.money_accounts_mut(),
                }
            }

            /// The reference of the customer or the bank; search finds the document by it.
            #[must_use]
            pub fn reference(&self) -> Option<&str> {
                match self {
                    $(Self::$variant(content) => content.reference(),)*
                    Self::Unknown(unknown) => unknown.reference(),
                }
            }

            /// The parts that a history shows.
            #[must_use]
            pub fn summary(&self) -> Summary<'_> {
                match self {
                    $(Self::$variant(content) => content.summary(),)*
                    Self::Unknown(unknown) => unknown.summary(),
                }
            }
        }
    };
}
