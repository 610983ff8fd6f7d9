//! Product pictures: small PNG files drawn from the product's id.

use crate::http::Response;
use crate::random::Random;

const SIDE: usize = 96;

/// `/images/{product id}.png`.
pub(crate) fn serve(path: &str) -> Response {
    let id = path
        .strip_prefix("/images/")
        .and_then(|name| name.strip_suffix(".png"))
        .map(str::parse::<u64>);
    match id {
        Some(Ok(id)) => {
            Response::new(200, "image/png", draw(id)).with_header("cache-control", "max-age=86400")
        }
        _ => Response::text(404, "not found"),
    }
}

/// A frame around mirrored blocks, in three colours.
fn draw(id: u64) -> Vec<u8> {
    let mut random = Random::new(&[id]);
    let palette: Vec<u8> = (0..9).map(|_| random.between(40, 230) as u8).collect();
    let blocks = random.next();
    let mut pixels = Vec::with_capacity(SIDE * (SIDE + 1));
    for y in 0..SIDE {
        pixels.push(0);
        for x in 0..SIDE {
            let (column, row) = (x.min(SIDE - 1 - x) / 12, y / 12);
            let frame = x < 4 || y < 4 || x >= SIDE - 4 || y >= SIDE - 4;
            let block = (blocks >> ((row * 4 + column) % 64)) & 1;
            pixels.push(if frame { 2 } else { block as u8 });
        }
    }
    png(&palette, &pixels)
}

/// An 8-bit palette image; the pixel data is stored, not compressed.
fn png(palette: &[u8], pixels: &[u8]) -> Vec<u8> {
    let side = (SIDE as u32).to_be_bytes();
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(
        &mut file,
        b"IHDR",
        &[&side[..], &side[..], &[8, 3, 0, 0, 0]].concat(),
    );
    chunk(&mut file, b"PLTE", palette);
    let length = (pixels.len() as u16).to_le_bytes();
    let complement = (!(pixels.len() as u16)).to_le_bytes();
    let checksum = adler32(pixels).to_be_bytes();
    chunk(
        &mut file,
        b"IDAT",
        &[
            &[0x78, 0x01, 0x01],
            &length[..],
            &complement[..],
            pixels,
            &checksum[..],
        ]
        .concat(),
    );
    chunk(&mut file, b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    file.extend((data.len() as u32).to_be_bytes());
    let named = [&name[..], data].concat();
    file.extend(&named);
    file.extend(crc32(&named).to_be_bytes());
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                (crc >> 1) ^ 0xEDB8_8320
            } else {
                crc >> 1
            }
        })
    })
}

fn adler32(bytes: &[u8]) -> u32 {
    let (low, high) = bytes.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    (high << 16) | low
}
