//! Numbers and texts drawn by lot, the same for the same seed.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "places in pictures are far within the precision of all types"
)]

/// A source of chance (G. Marsaglia, Xorshift RNGs).
pub(super) struct Seeded(u64);

impl Seeded {
    pub(super) fn new(name: &str, number: usize) -> Self {
        let seed =
            name.bytes().fold(number as u64 + 1, |seed, byte| seed.wrapping_mul(0x100_0000_01b3) ^ u64::from(byte));
        let mut chance = Self(seed | 1);
        (0..16).for_each(|_| _ = chance.next());
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// From 0 to `below`, which is left out.
    pub(super) fn below(&mut self, below: usize) -> usize {
        (self.next() >> 11) as usize % below
    }

    pub(super) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * (self.next() >> 40) as f32 / (1 << 24) as f32
    }

    /// Around 0, most of it within 1.
    pub(super) fn normal(&mut self) -> f32 {
        (0..6).map(|_| self.between(-0.5, 0.5)).sum::<f32>() * std::f32::consts::SQRT_2
    }

    fn letters(&mut self, of: &str, count: usize) -> String {
        (0..count).map(|_| char::from(of.as_bytes()[self.below(of.len())])).collect()
    }

    /// An address as a site shows it, of an account that nobody has.
    pub(super) fn address(&mut self) -> String {
        let issuer = ["Example", "GitHub", "ACME%20Corp", "%E6%A5%BD%E5%A4%A9%E8%A8%BC%E5%88%B8"][self.below(4)];
        let name = ["alice@example.com", "taro", "ops-root@eu-west.example.net"][self.below(3)];
        self.with_secret(issuer, name)
    }

    /// One with Japanese names as they are.
    pub(super) fn japanese(&mut self) -> String {
        let issuer = ["みんなの銀行", "楽天証券", "株式会社サンプル", "ﾋﾞｯﾄｺｲﾝ取引所"][self.below(4)];
        let name = ["山田太郎", "髙﨑さくら"][self.below(2)];
        self.with_secret(issuer, name)
    }

    fn with_secret(&mut self, issuer: &str, name: &str) -> String {
        let count = [16, 32, 52][self.below(3)];
        let secret = self.letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", count);
        format!("otpauth://totp/{issuer}:{name}?secret={secret}&issuer={issuer}")
    }

    /// A transfer code of another app, `count` symbols long.
    pub(super) fn transfer(&mut self, count: usize) -> String {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        format!("otpauth-migration://offline?data={}", self.letters(letters, count))
    }
}
