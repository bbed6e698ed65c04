//! Names and goods of the generated shop; all of them are invented.

pub const FIRST: &[&str] = &[
    "Mira", "Tom", "Aisha", "Ben", "Chloe", "Dev", "Elin", "Farid", "Grace", "Hugo", "Ines", "Jun", "Kofi",
    "Lena", "Marta", "Nils", "Olga", "Pavel", "Quinn", "Rosa", "Sam", "Tess", "Umar", "Vera", "Will",
    "Ximena", "Yusuf", "Zoë",
];

pub const LAST: &[&str] = &[
    "Patel",
    "Ashby",
    "Brook",
    "Castell",
    "Dunn",
    "Eke",
    "Fairley",
    "Grant",
    "Hale",
    "Ivers",
    "Jessop",
    "Kent",
    "Lowe",
    "Moss",
    "Nye",
    "Orchard",
    "Pike",
    "Quill",
    "Rowe",
    "Stone",
    "Tully",
    "Underhill",
    "Vane",
    "Wells",
];

pub const TRADES: &[&str] = &[
    "Bakery", "Builders", "Cafe", "Couriers", "Dental", "Farm", "Garage", "Hotel", "Nursery", "Press",
    "School",
];

pub const GOODS: &[&str] = &[
    "Chair",
    "Desk",
    "Lamp",
    "Shelf",
    "Rug",
    "Mirror",
    "Repair",
    "Fitting",
    "Delivery",
    "Service",
    "Spare part",
    "Course of lessons",
    "Day ticket",
    "Consultation",
];

pub const RETURNED: &[&str] =
    &["returned goods", "damaged in transit", "wrong size", "cancelled", "charged twice"];
