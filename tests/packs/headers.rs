//! `verify` reports files whose local header in the archive differs from the central directory.

use std::io::Write as _;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{pack, small, unpacked, verified};

/// The offset of the central directory.
fn list(bytes: &[u8]) -> usize {
    let end = bytes.len() - 6;
    u32::from_le_bytes(bytes[end..end + 4].try_into().expect("4 bytes")) as usize
}

/// The offsets of the local headers, each with the length of its file name.
fn headers(bytes: &[u8]) -> Vec<(usize, usize)> {
    let short = |at: usize| usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
    let (mut at, mut found) = (0, Vec::new());
    while at < list(bytes) {
        let packed = u32::from_le_bytes(bytes[at + 18..at + 22].try_into().expect("4 bytes")) as usize;
        found.push((at, short(at + 26)));
        at += 30 + short(at + 26) + short(at + 28) + packed;
    }
    found
}

fn name(bytes: &[u8], (at, length): (usize, usize)) -> String {
    String::from_utf8_lossy(&bytes[at + 30..at + 30 + length]).into_owned()
}

/// The archive with bytes inserted, and all offsets in its central directory and end record adjusted.
fn spliced(bytes: &[u8], at: usize, more: &[u8]) -> Vec<u8> {
    let (start, shift) = (list(bytes), u32::try_from(more.len()).expect("few"));
    let mut other = [&bytes[..at], more, &bytes[at..]].concat();
    let moved = |bytes: &mut [u8], at: usize, from: usize| {
        let place: &mut [u8; 4] = (&mut bytes[at..at + 4]).try_into().expect("4 bytes");
        let old = u32::from_le_bytes(*place);
        if old as usize >= from {
            *place = (old + shift).to_le_bytes();
        }
    };
    let mut next = start + more.len();
    let end = other.len() - 22;
    while next < end {
        moved(&mut other, next + 42, at);
        next += 46 + usize::from(u16::from_le_bytes([other[next + 28], other[next + 29]]));
    }
    moved(&mut other, end + 16, 0);
    other
}

#[test]
fn each_bit_of_a_header_counts() {
    let fixture = small();
    let bytes = pack(&fixture, &["stage-1"]);
    let all = headers(&bytes);
    for (nth, header) in [all[0], all[all.len() - 1]].into_iter().enumerate() {
        let shown = name(&bytes, header);
        for at in header.0..header.0 + 30 + header.1 {
            let mut other = bytes.clone();
            other[at] ^= 1 << ((at + nth) % 8);
            let (code, said) = verified(&fixture, &other);
            assert_eq!(code, Some(1), "byte {} of the header of {shown}", at - header.0);
            assert!(said.contains(&format!("the header of `{shown}` differs")), "{}: {said}", at - header.0);
        }
    }
}

#[test]
fn a_name_that_only_a_stream_sees_is_reported() {
    let fixture = small();
    let bytes = pack(&fixture, &["stage-1"]);
    let header = headers(&bytes).into_iter().find(|header| name(&bytes, *header) == "read-me.html").expect("it");
    let mut other = bytes.clone();
    other[header.0 + 30..header.0 + 30 + header.1].copy_from_slice(b"../../../tmp");
    let (code, said) = verified(&fixture, &other);
    assert_eq!(
        (code, said.as_str()),
        (Some(1), "the header of `read-me.html` differs from the list of files: programs may unpack something else\n")
    );
}

#[test]
fn a_file_that_only_a_stream_sees_is_reported() {
    let fixture = small();
    let bytes = pack(&fixture, &["stage-1"]);
    let hidden = super::packed(&[("../out.html", b"out")]);
    let hidden = &hidden[..list(&hidden)];
    let all = headers(&bytes);
    for (at, before) in [(0, all[0]), (all[1].0, all[0]), (list(&bytes), all[all.len() - 1])] {
        let (code, said) = verified(&fixture, &spliced(&bytes, at, hidden));
        assert_eq!(code, Some(1), "{at}: {said}");
        assert!(said.contains(&format!("the header of `{}` differs", name(&bytes, before))), "{at}: {said}");
    }
}

#[test]
fn a_file_within_the_bytes_of_another_is_reported() {
    let fixture = small();
    let bytes = pack(&fixture, &["stage-1"]);
    let (first, next) = (headers(&bytes)[0], headers(&bytes)[1].0);
    let hidden = super::packed(&[("../out.html", b"out")]);
    let hidden = &hidden[..list(&hidden)];
    let mut other = spliced(&bytes, next, hidden);
    // Header and central directory agree that the hidden file is the end of the first one.
    let packed = u32::try_from(next - first.0 - 30 - first.1 + hidden.len()).expect("few").to_le_bytes();
    other[18..22].copy_from_slice(&packed);
    let start = list(&other);
    other[start + 20..start + 24].copy_from_slice(&packed);
    let (code, said) = verified(&fixture, &other);
    assert!(code == Some(1) && said.contains("the header of `"), "{said}");
    assert!(said.contains(&name(&bytes, first)), "{said}");
}

#[test]
fn a_pack_that_another_program_packed_as_a_stream_is_still_the_same() {
    let fixture = small();
    let files = unpacked(&pack(&fixture, &["stage-1"]));
    let mut writer = ZipWriter::new_stream(Vec::new());
    for (path, bytes) in &files {
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        writer.start_file(path.as_str(), options).expect("a file");
        writer.write_all(bytes).expect("bytes");
    }
    let bytes = writer.finish().expect("an archive").into_inner();
    assert_eq!(verified(&fixture, &bytes), (Some(0), verified(&fixture, &pack(&fixture, &["stage-1"])).1));
    let mut other = bytes.clone();
    other[31] ^= 1;
    assert_eq!(verified(&fixture, &other).0, Some(1));
}

/// The archive with bytes replaced in the central directory's entry for the first file.
fn listed(bytes: &[u8], at: usize, other: &[u8]) -> Vec<u8> {
    let (mut bytes, at) = (bytes.to_vec(), list(bytes) + at);
    bytes[at..at + other.len()].copy_from_slice(other);
    bytes
}

#[test]
fn links_and_folders_are_not_files_of_a_pack() {
    let fixture = small();
    let bytes = pack(&fixture, &["stage-1"]);
    let shown = name(&bytes, headers(&bytes)[0]);
    let wanted = format!("`{shown}` is not a regular file\n");
    let mode = |mode: u32| (mode << 16).to_le_bytes();
    for attributes in [0o120_777, 0o040_755, 0o020_644, 0o060_644, 0o010_644, 0o140_644].map(mode) {
        // Only some programs check on which system the archive was created.
        for system in [0, 3, 19] {
            let other = listed(&listed(&bytes, 38, &attributes), 5, &[system]);
            assert_eq!(verified(&fixture, &other), (Some(1), wanted.clone()), "{attributes:?} {system}");
        }
    }
    assert_eq!(verified(&fixture, &listed(&bytes, 38, &[0x10])), (Some(1), wanted));
    for attributes in [mode(0o100_600), mode(0o100_755), mode(0), [0x20, 0, 0, 0]] {
        assert_eq!(verified(&fixture, &listed(&bytes, 38, &attributes)).0, Some(0), "{attributes:?}");
    }
}
