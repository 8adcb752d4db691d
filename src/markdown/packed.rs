//! Compact encoding of small numbers and strings.

/// Encodes small numbers and strings.
pub(super) struct Writer(Vec<u8>);

impl Writer {
    /// Creates a writer with capacity for this many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Writer {
        Writer(Vec::with_capacity(bytes))
    }

    /// Returns the encoded bytes, without excess capacity.
    pub(super) fn finish(self) -> Box<[u8]> {
        self.0.as_slice().into()
    }

    /// Writes one byte.
    pub(super) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// Writes a number as LEB128: seven bits per byte, with the high bit set if another byte follows.
    pub(super) fn number(&mut self, mut number: u64) {
        while number >= 128 {
            self.0.push(number.to_le_bytes()[0] | 128);
            number >>= 7;
        }
        self.0.push(number.to_le_bytes()[0]);
    }

    /// Writes the signed distance between two positions; the lowest bit is the sign.
    pub(super) fn distance(&mut self, from: u32, to: u32) {
        self.number(u64::from(from.abs_diff(to)) << 1 | u64::from(to < from));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }
}

/// Decodes the output of a [`Writer`].
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Creates a reader of encoded bytes.
    pub(super) fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader(bytes)
    }

    /// The next number; `None` at the end.
    pub(super) fn next_length(&mut self) -> Option<u32> {
        (!self.0.is_empty()).then(|| self.length())
    }

    /// The next byte; `None` at the end.
    pub(super) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        while let Some(byte) = self.byte() {
            number |= u64::from(byte & 127) << shift;
            shift += 7;
            if byte < 128 || shift > 56 {
                break;
            }
        }
        number
    }

    pub(super) fn length(&mut self) -> u32 {
        u32::try_from(self.number()).unwrap_or(u32::MAX)
    }

    pub(super) fn place(&mut self, from: u32) -> u32 {
        let distance = self.number();
        let by = u32::try_from(distance >> 1).unwrap_or(u32::MAX);
        if distance & 1 == 0 { from.saturating_add(by) } else { from.saturating_sub(by) }
    }

    pub(super) fn text(&mut self) -> &'a str {
        let length = self.length() as usize;
        let (text, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        std::str::from_utf8(text).unwrap_or_default()
    }
}
