//! The central directory at the end of an archive, and the check that the header before each file agrees with it:
//! programs that unpack a stream never see the directory.

use std::io::Read;

use flate2::bufread::DeflateDecoder;

/// The size of the fixed part of a directory entry.
const ENTRY_BYTES: usize = 46;
/// The size of the fixed part of a local header.
const HEADER_BYTES: usize = 30;
/// The flag of a file whose sizes follow its data.
const STREAMED_FLAG: u64 = 1 << 3;
/// The compression method of compressed files.
const DEFLATE_METHOD: u64 = 8;
/// The extra field with sizes that do not fit into the header.
const LARGE_FIELD: u64 = 0x0001;
/// The extra field with another name for the file.
const NAME_FIELD: u64 = 0x7075;
/// Extra fields that turn a file into a link or similar, whatever the directory says.
const TYPE_FIELDS: [u64; 3] = [0x000d, 0x6c78, 0x756e];
/// The file type bits of a Unix mode, and their value for a regular file.
const FILE_TYPE_MASK: u64 = 0o170_000;
const REGULAR_FILE: u64 = 0o100_000;
/// The MS-DOS and Windows attributes of a volume label, a folder and a link.
const NON_FILE_ATTRIBUTES: u64 = 0x08 | 0x10 | 0x400;

/// The central directory.
pub(super) struct Directory<'a> {
    bytes: &'a [u8],
    /// The number of files according to the end record.
    declared_count: u64,
    /// The files by their position in the archive, each with the offset of the next one.
    entries: Vec<(Entry<'a>, usize)>,
    /// The offset of the first file, in bytes.
    first_offset: usize,
}

/// An entry of the directory.
struct Entry<'a> {
    /// The 22 bytes that its header repeats: version, flags, method, time, checksum and sizes.
    shared_fields: &'a [u8],
    name: &'a [u8],
    extra: &'a [u8],
    /// The Unix mode in the upper half and the MS-DOS attributes in the lower, whatever system the archive claims to be
    /// from.
    attributes: u64,
    /// The offset of its header, in bytes.
    offset: usize,
}

/// The local header before a file.
struct Header<'a> {
    shared_fields: &'a [u8],
    name: &'a [u8],
    extra: &'a [u8],
    /// The offset of the file's data, in bytes.
    data: usize,
}

impl<'a> Directory<'a> {
    /// Reads the directory, if it fills the space between its start and the end record, and the end record ends the
    /// archive.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Directory<'a>> {
        let EndRecord { at, start, files } = end_record(bytes)?;
        let (mut next, mut entries) = (start, Vec::new());
        while next < at {
            let (entry, size) = Entry::read(bytes, next)?;
            entries.push(entry);
            next += size;
        }
        entries.sort_by_key(|entry| entry.offset);
        let first = entries.first().map_or(start, |entry| entry.offset);
        let ends: Vec<usize> = entries.iter().skip(1).map(|entry| entry.offset).chain([start]).collect();
        let entries = entries.into_iter().zip(ends).collect();
        (next == at).then_some(Directory { bytes, declared_count: files, entries, first_offset: first })
    }

    /// Whether it has as many files as the end record says.
    pub(super) fn is_complete(&self) -> bool {
        self.entries.len() as u64 == self.declared_count
    }

    /// The number of files.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The files whose header differs from the directory, or that have other bytes between them.
    pub(super) fn misplaced_files(&self) -> Vec<String> {
        let is_first = |at: usize| at > 0 || self.first_offset == 0;
        let wrong = self.entries.iter().enumerate();
        let wrong = wrong.filter(|(at, (entry, next))| !is_first(*at) || !entry.is_well_placed(self.bytes, *next));
        wrong.map(|(_, (entry, _))| entry.escaped_name()).collect()
    }

    /// The files that a program might unpack as a link, a folder or a device.
    pub(super) fn irregular_files(&self) -> Vec<String> {
        let is_irregular = |entry: &&Entry<'_>| !entry.is_regular(self.bytes);
        self.entries.iter().map(|(entry, _)| entry).filter(is_irregular).map(Entry::escaped_name).collect()
    }

    /// The files whose compressed data ends before their size says, so that a program that reads a stream would
    /// continue from there. This decompresses all files.
    pub(super) fn truncated_files(&self) -> Vec<String> {
        let is_torn = |entry: &&Entry<'_>| entry.method() == DEFLATE_METHOD && entry.is_truncated(self.bytes);
        self.entries.iter().map(|(entry, _)| entry).filter(is_torn).map(Entry::escaped_name).collect()
    }
}

impl<'a> Entry<'a> {
    /// Reads the entry at an offset, and returns it with its size.
    fn read(bytes: &'a [u8], at: usize) -> Option<(Entry<'a>, usize)> {
        let header = bytes.get(at..).filter(|rest| rest.starts_with(b"PK\x01\x02"))?;
        let length = |at: usize| usize::try_from(number(header, at, 2)?).ok();
        let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
        let entry = Entry {
            shared_fields: header.get(6..28)?,
            name: header.get(ENTRY_BYTES..ENTRY_BYTES + name)?,
            extra: header.get(ENTRY_BYTES + name..ENTRY_BYTES + name + extra)?,
            attributes: number(header, 38, 4)?,
            offset: usize::try_from(number(header, 42, 4)?).ok()?,
        };
        Some((entry, ENTRY_BYTES + name + extra + comment))
    }

    /// The name with special characters escaped.
    fn escaped_name(&self) -> String {
        String::from_utf8_lossy(self.name).escape_default().to_string()
    }

    fn method(&self) -> u64 {
        number(self.shared_fields, 4, 2).unwrap_or_default()
    }

    fn is_streamed(&self) -> bool {
        number(self.shared_fields, 2, 2).is_none_or(|flags| flags & STREAMED_FLAG != 0)
    }

    /// The checksum and the compressed and uncompressed sizes, as in the directory.
    fn sizes(&self) -> &'a [u8] {
        &self.shared_fields[10..]
    }

    fn compressed_size(&self) -> Option<usize> {
        usize::try_from(number(self.shared_fields, 14, 4)?).ok()
    }

    /// Whether its header agrees with the directory, and there is nothing but its data between it and the next one.
    fn is_well_placed(&self, bytes: &[u8], next: usize) -> bool {
        let is_alone = || {
            let header = Header::read(bytes, self.offset)?;
            let rest = bytes.get(header.data.checked_add(self.compressed_size()?)?..next)?;
            let is_same = header.name == self.name
                && header.shared_fields[..10] == self.shared_fields[..10]
                && self.has_sizes(&header);
            let has_one_name = [header.extra, self.extra].into_iter().all(is_without_name);
            Some(is_same && has_one_name && self.is_valid_end(rest))
        };
        is_alone().unwrap_or(false)
    }

    /// Whether a header has the right sizes: in place, as zeros if they follow the data, or in the extra field for
    /// large sizes.
    fn has_sizes(&self, header: &Header<'_>) -> bool {
        let (sizes, header_sizes) = (self.sizes(), &header.shared_fields[10..]);
        let is_later = self.is_streamed() && header_sizes.iter().all(|byte| *byte == 0);
        let is_large = header_sizes[4..].iter().all(|byte| *byte == u8::MAX);
        let is_known = header_sizes[..4] == sizes[..4] || (self.is_streamed() && header_sizes[..4] == [0; 4]);
        let large = || {
            let mut fields = fields(header.extra).into_iter().flatten();
            fields.any(|(id, field)| id == LARGE_FIELD && field == self.large_sizes())
        };
        header_sizes == sizes || is_later || (is_large && is_known && large())
    }

    /// The sizes in the form of the extra field for large sizes, uncompressed size first.
    fn large_sizes(&self) -> Vec<u8> {
        let sizes = self.sizes();
        [&sizes[8..], &[0; 4], &sizes[4..8], &[0; 4]].concat()
    }

    /// Whether its data is followed by what the flags require: nothing, or its sizes.
    fn is_valid_end(&self, rest: &[u8]) -> bool {
        let sizes = self.sizes();
        let large = [&sizes[..8], &[0; 4], &sizes[8..], &[0; 4]].concat();
        let descriptor = rest.strip_prefix(b"PK\x07\x08").unwrap_or(rest);
        let follows = self.method() == DEFLATE_METHOD && (descriptor == sizes || descriptor == large);
        if self.is_streamed() { follows } else { rest.is_empty() }
    }

    /// Whether every program would treat it as a regular file.
    fn is_regular(&self, bytes: &[u8]) -> bool {
        let is_typed = |extra| fields(extra).is_none_or(|all| all.iter().any(|(id, _)| TYPE_FIELDS.contains(id)));
        let header = Header::read(bytes, self.offset).map(|header| header.extra);
        let mode = self.attributes >> 16 & FILE_TYPE_MASK;
        let is_file = (mode == 0 || mode == REGULAR_FILE) && self.attributes & NON_FILE_ATTRIBUTES == 0;
        is_file && ![Some(self.extra), header].into_iter().flatten().any(is_typed)
    }

    fn is_truncated(&self, bytes: &[u8]) -> bool {
        let is_torn = || {
            let header = Header::read(bytes, self.offset)?;
            let data = bytes.get(header.data..header.data.checked_add(self.compressed_size()?)?)?;
            let mut stream = DeflateDecoder::new(data);
            let read = std::io::copy(&mut stream.by_ref(), &mut std::io::sink()).is_ok();
            Some(!read || stream.total_in() != data.len() as u64)
        };
        is_torn().unwrap_or(true)
    }
}

impl<'a> Header<'a> {
    /// Reads the header at an offset.
    fn read(bytes: &'a [u8], at: usize) -> Option<Header<'a>> {
        let header = bytes.get(at..).filter(|rest| rest.starts_with(b"PK\x03\x04"))?;
        let length = |at: usize| usize::try_from(number(header, at, 2)?).ok();
        let (name, extra) = (length(26)?, length(28)?);
        Some(Header {
            shared_fields: header.get(4..26)?,
            name: header.get(HEADER_BYTES..HEADER_BYTES + name)?,
            extra: header.get(HEADER_BYTES + name..HEADER_BYTES + name + extra)?,
            data: at + HEADER_BYTES + name + extra,
        })
    }
}

/// Whether extra fields are readable and do not contain a second name.
fn is_without_name(extra: &[u8]) -> bool {
    fields(extra).is_some_and(|fields| fields.iter().all(|(id, _)| *id != NAME_FIELD))
}

/// The extra fields with their ids, or `None` if they are not readable.
fn fields(extra: &[u8]) -> Option<Vec<(u64, &[u8])>> {
    let (mut at, mut fields) = (0, Vec::new());
    while at < extra.len() {
        let size = usize::try_from(number(extra, at + 2, 2)?).ok()?;
        fields.push((number(extra, at, 2)?, extra.get(at + 4..at + 4 + size)?));
        at += 4 + size;
    }
    Some(fields)
}

/// The end record's description of the directory.
struct EndRecord {
    /// The offset at which the directory must end, in bytes.
    at: usize,
    /// The offset at which the directory begins, in bytes.
    start: usize,
    /// The number of files.
    files: u64,
}

/// Reads the end record at the end of the archive. If numbers do not fit into it, two larger records precede it.
fn end_record(bytes: &[u8]) -> Option<EndRecord> {
    const END_BYTES: usize = 22;
    const LOCATOR_BYTES: usize = 20;
    const LARGE_END_BYTES: usize = 56;
    let end = |at: usize, start: u64, files: u64| Some(EndRecord { at, start: usize::try_from(start).ok()?, files });
    let at = bytes.len().checked_sub(END_BYTES).filter(|at| starts_with(bytes, *at, b"PK\x05\x06"))?;
    let (start, files) = (number(bytes, at + 16, 4)?, number(bytes, at + 10, 2)?);
    let locator = at.checked_sub(LOCATOR_BYTES).filter(|locator| starts_with(bytes, *locator, b"PK\x06\x07"));
    let Some(locator) = locator else { return end(at, start, files) };
    let large = locator.checked_sub(LARGE_END_BYTES).filter(|large| starts_with(bytes, *large, b"PK\x06\x06"))?;
    let (large_start, large_files) = (number(bytes, large + 48, 8)?, number(bytes, large + 32, 8)?);
    // A number in the small record is either the same, or the maximum value, which refers to the larger record.
    let agrees = |small: u64, max: u32, number: u64| small == number || small == u64::from(max);
    let is_single =
        number(bytes, locator + 8, 8)? == large as u64 && number(bytes, large + 4, 8)? == (LARGE_END_BYTES - 12) as u64;
    let is_same = agrees(start, u32::MAX, large_start) && agrees(files, u16::MAX.into(), large_files);
    (is_single && is_same).then(|| end(large, large_start, large_files)).flatten()
}

/// Whether `mark` is at an offset.
fn starts_with(bytes: &[u8], at: usize, mark: &[u8]) -> bool {
    bytes.get(at..).is_some_and(|rest| rest.starts_with(mark))
}

/// The little-endian number at an offset.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let digits = bytes.get(at..at.checked_add(length)?)?;
    Some(digits.iter().rev().fold(0, |sum, digit| sum << 8 | u64::from(*digit)))
}
