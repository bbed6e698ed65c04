//! Starts the app.

fn main() {
    counterfoil_app::start();
}
