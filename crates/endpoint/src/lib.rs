//! The tiny server: serves the app with security headers.
