//! Prints the template of the example shop: `cargo run -p daybook --example example_template > public/example.txt`.

fn main() -> Result<(), daybook::example::ExampleError> {
    print!("{}", daybook::example::template()?);
    Ok(())
}
