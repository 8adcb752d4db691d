//! Compact encoding of small numbers and strings.

/// Encodes small numbers and strings.
pub(super) struct PackedWriter(Vec<u8>);

impl PackedWriter {
    /// Creates a writer with capacity for this many bytes.
    pub(super) fn with_capacity(bytes: usize) -> PackedWriter {
        PackedWriter(Vec::with_capacity(bytes))
    }

    /// Returns the encoded bytes, without excess capacity.
    pub(super) fn finish(self) -> Box<[u8]> {
        self.0.as_slice().into()
    }

    /// Writes one byte.
    pub(super) fn write_byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// Writes a number as LEB128: seven bits per byte, with the high bit set if another byte follows.
    pub(super) fn write_number(&mut self, mut number: u64) {
        while number >= 128 {
            self.0.push(number.to_le_bytes()[0] | 128);
            number >>= 7;
        }
        self.0.push(number.to_le_bytes()[0]);
    }

    /// Writes the signed distance between two positions; the lowest bit is the sign.
    pub(super) fn write_distance(&mut self, from: u32, to: u32) {
        self.write_number(u64::from(from.abs_diff(to)) << 1 | u64::from(to < from));
    }

    pub(super) fn write_text(&mut self, text: &str) {
        self.write_number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }
}

/// Decodes the output of a [`PackedWriter`].
pub(super) struct PackedReader<'a>(&'a [u8]);

impl<'a> PackedReader<'a> {
    /// Creates a reader of encoded bytes.
    pub(super) fn new(bytes: &'a [u8]) -> PackedReader<'a> {
        PackedReader(bytes)
    }

    /// The next number; `None` at the end.
    pub(super) fn try_read_length(&mut self) -> Option<u32> {
        (!self.0.is_empty()).then(|| self.read_length())
    }

    /// The next byte; `None` at the end.
    pub(super) fn read_byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn read_number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        while let Some(byte) = self.read_byte() {
            number |= u64::from(byte & 127) << shift;
            shift += 7;
            if byte < 128 || shift > 56 {
                break;
            }
        }
        number
    }

    pub(super) fn read_length(&mut self) -> u32 {
        u32::try_from(self.read_number()).unwrap_or(u32::MAX)
    }

    pub(super) fn read_position(&mut self, from: u32) -> u32 {
        let distance = self.read_number();
        let by = u32::try_from(distance >> 1).unwrap_or(u32::MAX);
        if distance & 1 == 0 { from.saturating_add(by) } else { from.saturating_sub(by) }
    }

    pub(super) fn read_text(&mut self) -> &'a str {
        let length = self.read_length() as usize;
        let (text, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        std::str::from_utf8(text).unwrap_or_default()
    }
}
