//! A random number generator: SplitMix64 by Steele, Lea and Flood. The same seed gives the same numbers on every machine.

/// A sequence of numbers that follows from a seed.
#[derive(Debug, Clone)]
pub struct Rng(u64);

impl Rng {
    /// From a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `least` to `most`, inclusive.
    pub const fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.next() % (most - least + 1)
    }

    /// True with a probability in percent.
    pub const fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    /// One of some values; `default` when there are none.
    pub fn pick<T: Copy>(&mut self, among: &[T], default: T) -> T {
        let at = usize::try_from(self.next() % (among.len().max(1) as u64)).unwrap_or_default();
        among.get(at).copied().unwrap_or(default)
    }
}

#[cfg(test)]
mod tests {
    use super::Rng;

    #[test]
    fn gives_the_numbers_of_the_reference_implementation() {
        let mut rng = Rng::new(1_234_567);
        let numbers = [rng.next(), rng.next(), rng.next()];
        assert_eq!(
            numbers,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }
}
