//! The header before each file of an archive must agree with the directory at its end, or `verify` names the file.

use std::io::Write as _;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{pack, small_handbook, unpack, verify};

/// The offset of the directory at the end.
fn directory_offset(bytes: &[u8]) -> usize {
    let end = bytes.len() - 6;
    u32::from_le_bytes(bytes[end..end + 4].try_into().expect("4 bytes")) as usize
}

/// The offsets of the headers in an archive, each with the length of its name.
fn headers(bytes: &[u8]) -> Vec<(usize, usize)> {
    let short = |at: usize| usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
    let (mut at, mut headers_found) = (0, Vec::new());
    while at < directory_offset(bytes) {
        let packed = u32::from_le_bytes(bytes[at + 18..at + 22].try_into().expect("4 bytes")) as usize;
        headers_found.push((at, short(at + 26)));
        at += 30 + short(at + 26) + short(at + 28) + packed;
    }
    headers_found
}

fn name(bytes: &[u8], (at, length): (usize, usize)) -> String {
    String::from_utf8_lossy(&bytes[at + 30..at + 30 + length]).into_owned()
}

/// The archive with bytes inserted at an offset, and all offsets in its directory and end record adjusted.
fn splice(bytes: &[u8], at: usize, inserted: &[u8]) -> Vec<u8> {
    let (start, shift) = (directory_offset(bytes), u32::try_from(inserted.len()).expect("few"));
    let mut other = [&bytes[..at], inserted, &bytes[at..]].concat();
    let shift_offset = |bytes: &mut [u8], at: usize, from: usize| {
        let place: &mut [u8; 4] = (&mut bytes[at..at + 4]).try_into().expect("4 bytes");
        let old = u32::from_le_bytes(*place);
        if old as usize >= from {
            *place = (old + shift).to_le_bytes();
        }
    };
    let mut next = start + inserted.len();
    let end = other.len() - 22;
    while next < end {
        shift_offset(&mut other, next + 42, at);
        next += 46 + usize::from(u16::from_le_bytes([other[next + 28], other[next + 29]]));
    }
    shift_offset(&mut other, end + 16, 0);
    other
}

#[test]
fn any_changed_bit_of_a_header_is_detected() {
    let fixture = small_handbook();
    let bytes = pack(&fixture, &["stage-1"]);
    let all = headers(&bytes);
    for (nth, header) in [all[0], all[all.len() - 1]].into_iter().enumerate() {
        let file_name = name(&bytes, header);
        for at in header.0..header.0 + 30 + header.1 {
            let mut other = bytes.clone();
            other[at] ^= 1 << ((at + nth) % 8);
            let (code, output) = verify(&fixture, &other);
            assert_eq!(code, Some(1), "byte {} of the header of {file_name}", at - header.0);
            assert!(output.contains(&format!("the header of `{file_name}` differs")), "{}: {output}", at - header.0);
        }
    }
}

#[test]
fn a_name_that_only_a_stream_sees_is_reported() {
    let fixture = small_handbook();
    let bytes = pack(&fixture, &["stage-1"]);
    let header = headers(&bytes).into_iter().find(|header| name(&bytes, *header) == "read-me.html").expect("it");
    let mut other = bytes.clone();
    other[header.0 + 30..header.0 + 30 + header.1].copy_from_slice(b"../../../tmp");
    let (code, output) = verify(&fixture, &other);
    assert_eq!(
        (code, output.as_str()),
        (Some(1), "the header of `read-me.html` differs from the list of files: programs may unpack something else\n")
    );
}

#[test]
fn a_file_that_only_a_stream_sees_is_reported() {
    let fixture = small_handbook();
    let bytes = pack(&fixture, &["stage-1"]);
    let hidden = super::zip_files(&[("../out.html", b"out")]);
    let hidden = &hidden[..directory_offset(&hidden)];
    let all = headers(&bytes);
    for (at, before) in [(0, all[0]), (all[1].0, all[0]), (directory_offset(&bytes), all[all.len() - 1])] {
        let (code, output) = verify(&fixture, &splice(&bytes, at, hidden));
        assert_eq!(code, Some(1), "{at}: {output}");
        assert!(output.contains(&format!("the header of `{}` differs", name(&bytes, before))), "{at}: {output}");
    }
}

#[test]
fn a_file_within_the_bytes_of_another_is_reported() {
    let fixture = small_handbook();
    let bytes = pack(&fixture, &["stage-1"]);
    let (first, next) = (headers(&bytes)[0], headers(&bytes)[1].0);
    let hidden = super::zip_files(&[("../out.html", b"out")]);
    let hidden = &hidden[..directory_offset(&hidden)];
    let mut other = splice(&bytes, next, hidden);
    // The header and the directory agree that the hidden file is the end of the first one.
    let packed = u32::try_from(next - first.0 - 30 - first.1 + hidden.len()).expect("few").to_le_bytes();
    other[18..22].copy_from_slice(&packed);
    let start = directory_offset(&other);
    other[start + 20..start + 24].copy_from_slice(&packed);
    let (code, output) = verify(&fixture, &other);
    assert!(code == Some(1) && output.contains("the header of `"), "{output}");
    assert!(output.contains(&name(&bytes, first)), "{output}");
}

#[test]
fn a_pack_that_another_program_packed_as_a_stream_is_still_the_same() {
    let fixture = small_handbook();
    let files = unpack(&pack(&fixture, &["stage-1"]));
    let mut writer = ZipWriter::new_stream(Vec::new());
    for (path, bytes) in &files {
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        writer.start_file(path.as_str(), options).expect("a file");
        writer.write_all(bytes).expect("bytes");
    }
    let bytes = writer.finish().expect("an archive").into_inner();
    assert_eq!(verify(&fixture, &bytes), (Some(0), verify(&fixture, &pack(&fixture, &["stage-1"])).1));
    let mut other = bytes.clone();
    other[31] ^= 1;
    assert_eq!(verify(&fixture, &other).0, Some(1));
}

/// The archive with other bytes at an offset in the directory entry of the first file.
fn replace_in_directory(bytes: &[u8], at: usize, other: &[u8]) -> Vec<u8> {
    let (mut bytes, at) = (bytes.to_vec(), directory_offset(bytes) + at);
    bytes[at..at + other.len()].copy_from_slice(other);
    bytes
}

#[test]
fn links_and_folders_are_not_files_of_a_pack() {
    let fixture = small_handbook();
    let bytes = pack(&fixture, &["stage-1"]);
    let file_name = name(&bytes, headers(&bytes)[0]);
    let expected = format!("`{file_name}` is not a regular file\n");
    let mode = |mode: u32| (mode << 16).to_le_bytes();
    for attributes in [0o120_777, 0o040_755, 0o020_644, 0o060_644, 0o010_644, 0o140_644].map(mode) {
        // Programs differ in whether they check which system the archive is from.
        for system in [0, 3, 19] {
            let other = replace_in_directory(&replace_in_directory(&bytes, 38, &attributes), 5, &[system]);
            assert_eq!(verify(&fixture, &other), (Some(1), expected.clone()), "{attributes:?} {system}");
        }
    }
    assert_eq!(verify(&fixture, &replace_in_directory(&bytes, 38, &[0x10])), (Some(1), expected));
    for attributes in [mode(0o100_600), mode(0o100_755), mode(0), [0x20, 0, 0, 0]] {
        assert_eq!(verify(&fixture, &replace_in_directory(&bytes, 38, &attributes)).0, Some(0), "{attributes:?}");
    }
}
