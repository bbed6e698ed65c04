//! Writes the example shop as the app comes with it: `cargo run -p daybook --example tale > public/example.txt`.

fn main() -> Result<(), daybook::example::NotMade> {
    print!("{}", daybook::example::tale()?);
    Ok(())
}
