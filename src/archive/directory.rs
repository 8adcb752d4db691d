//! The list of files at the end of an archive, and whether what stands before each file says the same: programs that unpack
//! a stream never see the list.

use std::io::Read;

use flate2::bufread::DeflateDecoder;

/// The size of the fixed part of an entry in the list.
const ENTRY: usize = 46;
/// The size of the fixed part of the header before a file.
const HEADER: usize = 30;
/// The flag of a file whose sizes follow it.
const IS_STREAMED: u64 = 1 << 3;
/// The method that a file is compressed by, when it is.
const DEFLATED: u64 = 8;
/// The field with sizes that do not fit into the header.
const LARGE_FIELD: u64 = 0x0001;
/// The field with another name for the file.
const NAME_FIELD: u64 = 0x7075;
/// Fields that make links and other things of a file, whatever the list says that it is.
const TYPE_FIELDS: [u64; 3] = [0x000d, 0x6c78, 0x756e];
/// The part of a Unix mode that says what a file is, and what it says of a regular one.
const FILE_TYPE: u64 = 0o170_000;
const REGULAR: u64 = 0o100_000;
/// What the attributes of MS-DOS and Windows have of a volume's label, a folder and a link.
const NO_FILE: u64 = 0x08 | 0x10 | 0x400;

/// The list of files.
pub(super) struct Directory<'a> {
    bytes: &'a [u8],
    /// How many files the end record says that there are.
    said: u64,
    /// The files by their place in the archive, each with where the next one begins.
    entries: Vec<(Entry<'a>, usize)>,
    /// Where the first of them begins.
    first: usize,
}

/// A file in the list.
struct Entry<'a> {
    /// The 20 bytes that its header repeats: version, flags, method, time, sum and sizes.
    fixed: &'a [u8],
    name: &'a [u8],
    extra: &'a [u8],
    /// Its Unix mode above its attributes of MS-DOS, whatever system the archive says that it is from.
    attributes: u64,
    /// Where its header is.
    offset: usize,
}

/// What stands before a file.
struct Header<'a> {
    fixed: &'a [u8],
    name: &'a [u8],
    extra: &'a [u8],
    /// Where the file's bytes begin.
    data: usize,
}

impl<'a> Directory<'a> {
    /// The list, where it fills the room between its start and the end record, and the end record ends the archive.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Directory<'a>> {
        let End { at, start, files } = end_record(bytes)?;
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
        (next == at).then_some(Directory { bytes, said: files, entries, first })
    }

    /// Whether it has as many files as the end record says.
    pub(super) fn has_all(&self) -> bool {
        self.entries.len() as u64 == self.said
    }

    /// How many files it has.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The files whose header says something else than the list, or between which there is anything else.
    pub(super) fn misplaced(&self) -> Vec<String> {
        let is_first = |at: usize| at > 0 || self.first == 0;
        let wrong = self.entries.iter().enumerate();
        let wrong = wrong.filter(|(at, (entry, next))| !is_first(*at) || !entry.is_alone(self.bytes, *next));
        wrong.map(|(_, (entry, _))| entry.shown()).collect()
    }

    /// The files that some program unpacks as a link, a folder or a device.
    pub(super) fn irregular(&self) -> Vec<String> {
        let is_irregular = |entry: &&Entry<'_>| !entry.is_regular(self.bytes);
        self.entries.iter().map(|(entry, _)| entry).filter(is_irregular).map(Entry::shown).collect()
    }

    /// The files whose compressed bytes end before their size says so: a program that reads a stream goes on from there. Reads
    /// everything that they unpack to.
    pub(super) fn truncated_files(&self) -> Vec<String> {
        let is_torn = |entry: &&Entry<'_>| entry.method() == DEFLATED && entry.is_truncated(self.bytes);
        self.entries.iter().map(|(entry, _)| entry).filter(is_torn).map(Entry::shown).collect()
    }
}

impl<'a> Entry<'a> {
    /// The entry at a place, and its size.
    fn read(bytes: &'a [u8], at: usize) -> Option<(Entry<'a>, usize)> {
        let one = bytes.get(at..).filter(|rest| rest.starts_with(b"PK\x01\x02"))?;
        let length = |at: usize| usize::try_from(number(one, at, 2)?).ok();
        let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
        let entry = Entry {
            fixed: one.get(6..28)?,
            name: one.get(ENTRY..ENTRY + name)?,
            extra: one.get(ENTRY + name..ENTRY + name + extra)?,
            attributes: number(one, 38, 4)?,
            offset: usize::try_from(number(one, 42, 4)?).ok()?,
        };
        Some((entry, ENTRY + name + extra + comment))
    }

    /// Its name, without characters that do something.
    fn shown(&self) -> String {
        String::from_utf8_lossy(self.name).escape_default().to_string()
    }

    fn method(&self) -> u64 {
        number(self.fixed, 4, 2).unwrap_or_default()
    }

    fn is_streamed(&self) -> bool {
        number(self.fixed, 2, 2).is_none_or(|flags| flags & IS_STREAMED != 0)
    }

    /// The sum of its bytes and how many they are, compressed and not, as the list has them.
    fn sizes(&self) -> &'a [u8] {
        &self.fixed[10..]
    }

    fn packed(&self) -> Option<usize> {
        usize::try_from(number(self.fixed, 14, 4)?).ok()
    }

    /// Whether its header says what the list says, and between it and the next one is nothing but its bytes.
    fn is_alone(&self, bytes: &[u8], next: usize) -> bool {
        let is_alone = || {
            let header = Header::read(bytes, self.offset)?;
            let rest = bytes.get(header.data.checked_add(self.packed()?)?..next)?;
            let is_same = header.name == self.name && header.fixed[..10] == self.fixed[..10] && self.has_sizes(&header);
            let has_one_name = [header.extra, self.extra].into_iter().all(is_without_name);
            Some(is_same && has_one_name && self.is_end(rest))
        };
        is_alone().unwrap_or(false)
    }

    /// Whether a header has its sizes: at once, as none that follow, or in a field for large ones.
    fn has_sizes(&self, header: &Header<'_>) -> bool {
        let (sizes, said) = (self.sizes(), &header.fixed[10..]);
        let is_later = self.is_streamed() && said.iter().all(|byte| *byte == 0);
        let is_large = said[4..].iter().all(|byte| *byte == u8::MAX);
        let is_known = said[..4] == sizes[..4] || (self.is_streamed() && said[..4] == [0; 4]);
        let large = || {
            let mut fields = fields(header.extra).into_iter().flatten();
            fields.any(|(id, field)| id == LARGE_FIELD && field == self.large())
        };
        said == sizes || is_later || (is_large && is_known && large())
    }

    /// Its sizes as a field for large ones has them, unpacked first.
    fn large(&self) -> Vec<u8> {
        let sizes = self.sizes();
        [&sizes[8..], &[0; 4], &sizes[4..8], &[0; 4]].concat()
    }

    /// Whether what follows its bytes is what has to: nothing, or its sizes, when the flags say so.
    fn is_end(&self, rest: &[u8]) -> bool {
        let sizes = self.sizes();
        let large = [&sizes[..8], &[0; 4], &sizes[8..], &[0; 4]].concat();
        let said = rest.strip_prefix(b"PK\x07\x08").unwrap_or(rest);
        let follows = self.method() == DEFLATED && (said == sizes || said == large);
        if self.is_streamed() { follows } else { rest.is_empty() }
    }

    /// Whether it is a regular file for every program.
    fn is_regular(&self, bytes: &[u8]) -> bool {
        let is_typed = |extra| fields(extra).is_none_or(|all| all.iter().any(|(id, _)| TYPE_FIELDS.contains(id)));
        let header = Header::read(bytes, self.offset).map(|header| header.extra);
        let mode = self.attributes >> 16 & FILE_TYPE;
        let is_file = (mode == 0 || mode == REGULAR) && self.attributes & NO_FILE == 0;
        is_file && ![Some(self.extra), header].into_iter().flatten().any(is_typed)
    }

    fn is_truncated(&self, bytes: &[u8]) -> bool {
        let is_torn = || {
            let header = Header::read(bytes, self.offset)?;
            let data = bytes.get(header.data..header.data.checked_add(self.packed()?)?)?;
            let mut stream = DeflateDecoder::new(data);
            let read = std::io::copy(&mut stream.by_ref(), &mut std::io::sink()).is_ok();
            Some(!read || stream.total_in() != data.len() as u64)
        };
        is_torn().unwrap_or(true)
    }
}

impl<'a> Header<'a> {
    /// The header at a place.
    fn read(bytes: &'a [u8], at: usize) -> Option<Header<'a>> {
        let one = bytes.get(at..).filter(|rest| rest.starts_with(b"PK\x03\x04"))?;
        let length = |at: usize| usize::try_from(number(one, at, 2)?).ok();
        let (name, extra) = (length(26)?, length(28)?);
        Some(Header {
            fixed: one.get(4..26)?,
            name: one.get(HEADER..HEADER + name)?,
            extra: one.get(HEADER + name..HEADER + name + extra)?,
            data: at + HEADER + name + extra,
        })
    }
}

/// Whether additional fields can be read, and name the file no second time.
fn is_without_name(extra: &[u8]) -> bool {
    fields(extra).is_some_and(|fields| fields.iter().all(|(id, _)| *id != NAME_FIELD))
}

/// Additional fields by their numbers; nothing where they cannot be read.
fn fields(extra: &[u8]) -> Option<Vec<(u64, &[u8])>> {
    let (mut at, mut fields) = (0, Vec::new());
    while at < extra.len() {
        let size = usize::try_from(number(extra, at + 2, 2)?).ok()?;
        fields.push((number(extra, at, 2)?, extra.get(at + 4..at + 4 + size)?));
        at += 4 + size;
    }
    Some(fields)
}

/// What the end of an archive says of its list of files.
struct End {
    /// Where the list has to end.
    at: usize,
    /// Where it begins.
    start: usize,
    /// How many files it has.
    files: u64,
}

/// The end record, which ends the archive. Where numbers do not fit into it, two larger records come just before.
fn end_record(bytes: &[u8]) -> Option<End> {
    const END: usize = 22;
    const LOCATOR: usize = 20;
    const LARGE: usize = 56;
    let end = |at: usize, start: u64, files: u64| Some(End { at, start: usize::try_from(start).ok()?, files });
    let at = bytes.len().checked_sub(END).filter(|at| starts_with(bytes, *at, b"PK\x05\x06"))?;
    let (start, files) = (number(bytes, at + 16, 4)?, number(bytes, at + 10, 2)?);
    let locator = at.checked_sub(LOCATOR).filter(|locator| starts_with(bytes, *locator, b"PK\x06\x07"));
    let Some(locator) = locator else { return end(at, start, files) };
    let large = locator.checked_sub(LARGE).filter(|large| starts_with(bytes, *large, b"PK\x06\x06"))?;
    let (large_start, large_files) = (number(bytes, large + 48, 8)?, number(bytes, large + 32, 8)?);
    // A number in the small record is the same one, or as large as can be, which sends to the other record.
    let agrees = |small: u64, most: u32, number: u64| small == number || small == u64::from(most);
    let is_one = number(bytes, locator + 8, 8)? == large as u64 && number(bytes, large + 4, 8)? == (LARGE - 12) as u64;
    let is_same = agrees(start, u32::MAX, large_start) && agrees(files, u16::MAX.into(), large_files);
    (is_one && is_same).then(|| end(large, large_start, large_files)).flatten()
}

/// Whether these bytes are at a place.
fn starts_with(bytes: &[u8], at: usize, mark: &[u8]) -> bool {
    bytes.get(at..).is_some_and(|rest| rest.starts_with(mark))
}

/// The number at a place, the lowest of its bytes first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let digits = bytes.get(at..at.checked_add(length)?)?;
    Some(digits.iter().rev().fold(0, |sum, digit| sum << 8 | u64::from(*digit)))
}
