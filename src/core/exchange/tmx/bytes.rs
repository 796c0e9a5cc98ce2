//! Turns the bytes of a file, UTF-8 or UTF-16, into UTF-8 with its lines counted, and no more of it at a time than
//! one token may have.

use std::io::{self, BufRead, BufReader, Read};

/// Bytes of one tag, text or comment: far more than any segment that is taken has.
const TOKEN_BYTES: u64 = 1024 * 1024;

const CHUNK: usize = 32 * 1024;

/// A text whose reader cannot be made to hold more than a token of it.
#[derive(Debug)]
pub(super) struct Bytes<R> {
    inner: BufReader<Decoded<R>>,
    /// Bytes that the present token may still have.
    left: u64,
    lines: u64,
}

impl<R: Read> Bytes<R> {
    pub(super) fn new(inner: R) -> io::Result<Self> {
        let inner = BufReader::with_capacity(CHUNK, Decoded::new(inner)?);
        Ok(Self { inner, left: TOKEN_BYTES, lines: 0 })
    }

    /// From here on another token is read.
    pub(super) fn begin_token(&mut self) {
        self.left = TOKEN_BYTES;
    }

    /// The line that is being read, from 1.
    pub(super) fn line(&self) -> u64 {
        self.lines + 1
    }
}

impl<R: Read> Read for Bytes<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(buffer.len());
        if let (Some(from), Some(to)) = (ready.get(..count), buffer.get_mut(..count)) {
            to.copy_from_slice(from);
        }
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Bytes<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        let ready = self.inner.fill_buf()?;
        if left == 0 && !ready.is_empty() {
            let message = format!("a tag, text or comment has more than {TOKEN_BYTES} bytes");
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        Ok(ready.get(..left).unwrap_or(ready))
    }

    fn consume(&mut self, count: usize) {
        let consumed = self.inner.buffer().get(..count).unwrap_or_default();
        self.lines += consumed.iter().fold(0, |lines, byte| lines + u64::from(*byte == b'\n'));
        self.left = self.left.saturating_sub(count as u64);
        self.inner.consume(count);
    }
}

/// UTF-8 from the file's encoding, which its first bytes tell (XML 1.0, appendix F); no byte order mark.
#[derive(Debug)]
struct Decoded<R> {
    inner: R,
    encoding: Encoding,
    /// Decoded and not yet given away.
    ready: Vec<u8>,
    given: usize,
    /// Bytes of a character that was cut off, and half of a surrogate pair.
    rest: Option<u8>,
    high: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16LittleEndian,
    Utf16BigEndian,
}

impl<R: Read> Decoded<R> {
    fn new(mut inner: R) -> io::Result<Self> {
        let mut first = Vec::new();
        inner.by_ref().take(3).read_to_end(&mut first)?;
        let (encoding, mark) = match first.as_slice() {
            [0xef, 0xbb, 0xbf] => (Encoding::Utf8, 3),
            [0xff, 0xfe, ..] => (Encoding::Utf16LittleEndian, 2),
            [0xfe, 0xff, ..] => (Encoding::Utf16BigEndian, 2),
            [b'<', 0, ..] => (Encoding::Utf16LittleEndian, 0),
            [0, b'<', ..] => (Encoding::Utf16BigEndian, 0),
            _ => (Encoding::Utf8, 0),
        };
        let mut decoded = Self { inner, encoding, ready: Vec::new(), given: 0, rest: None, high: None };
        decoded.decode(first.get(mark..).unwrap_or_default())?;
        Ok(decoded)
    }

    fn decode(&mut self, bytes: &[u8]) -> io::Result<()> {
        let unit = match self.encoding {
            Encoding::Utf8 => {
                self.ready.extend_from_slice(bytes);
                return Ok(());
            }
            Encoding::Utf16LittleEndian => u16::from_le_bytes,
            Encoding::Utf16BigEndian => u16::from_be_bytes,
        };
        let mut units = Vec::with_capacity(bytes.len() / 2 + 2);
        units.extend(self.high.take());
        for &byte in bytes {
            match self.rest.take() {
                Some(first) => units.push(unit([first, byte])),
                None => self.rest = Some(byte),
            }
        }
        if units.last().is_some_and(|last| (0xd800..0xdc00).contains(last)) {
            self.high = units.pop();
        }
        let mut text = String::with_capacity(bytes.len());
        for character in char::decode_utf16(units) {
            let Ok(character) = character else { return Err(not_utf16()) };
            text.push(character);
        }
        self.ready.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

fn not_utf16() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "it is not the UTF-16 that its first bytes announce")
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() {
            self.ready.clear();
            self.given = 0;
            if self.encoding == Encoding::Utf8 {
                return self.inner.read(buffer);
            }
            let mut chunk = vec![0; CHUNK];
            let count = self.inner.read(&mut chunk)?;
            if count == 0 {
                return if self.rest.is_some() || self.high.is_some() { Err(not_utf16()) } else { Ok(0) };
            }
            self.decode(chunk.get(..count).unwrap_or_default())?;
        }
        let ready = self.ready.get(self.given..).unwrap_or_default();
        let count = ready.len().min(buffer.len());
        if let (Some(from), Some(to)) = (ready.get(..count), buffer.get_mut(..count)) {
            to.copy_from_slice(from);
        }
        self.given += count;
        Ok(count)
    }
}
