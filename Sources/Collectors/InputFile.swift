import Telemetry

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An open file that is read from front to back.
final class InputFile {
  let path: String
  private let descriptor: Int32

  /// What one `read` asks for.
  static let chunkSize = 1 << 20

  /// - Throws: the reason in the system's words.
  init(path: String) throws(SystemError) {
    self.path = path
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError() }
  }

  /// Standard input.
  init() {
    path = "-"
    descriptor = 0
  }

  deinit { if descriptor > 0 { _ = close(descriptor) } }

  /// The next bytes, at most `limit`; empty at the end.
  func read(limit: Int = InputFile.chunkSize) throws(SystemError) -> [UInt8] {
    while true {
      var count = 0
      let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
        count = unsafe systemRead(descriptor, buffer.baseAddress, limit)
        filled = max(0, count)
      }
      if count >= 0 { return bytes }
      let error = SystemError()
      guard error.code == EINTR else { throw error }
    }
  }

  var status: FileStatus? {
    var record = stat()
    guard unsafe fstat(descriptor, &record) == 0 else { return nil }
    return FileStatus(record)
  }

  var size: Int { status?.size ?? 0 }

  /// Whether a read would return at once.
  var isReady: Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, 0) > 0
  }

  /// Bytes at a place of the file, without moving on; fewer where it ends.
  func bytes(at offset: Int, count: Int) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, unsafe pread(descriptor, buffer.baseAddress, count, off_t(offset)))
    }
  }

  func seek(to offset: Int) { _ = lseek(descriptor, off_t(offset), SEEK_SET) }
}

/// Which file stands behind a name, and how long it is.
struct FileStatus: Hashable {
  var device: UInt64
  var inode: UInt64
  var size: Int
  var isFolder: Bool
  /// When it was last written.
  var modified: Timestamp

  init?(path: String) {
    var record = stat()
    guard unsafe stat(path, &record) == 0 else { return nil }
    self.init(record)
  }

  init(_ record: stat) {
    device = UInt64(record.st_dev)
    inode = UInt64(record.st_ino)
    size = Int(record.st_size)
    isFolder = record.st_mode & S_IFMT == S_IFDIR
    #if canImport(Glibc)
    let time = record.st_mtim
    #else
    let time = record.st_mtimespec
    #endif
    modified = Timestamp(
      milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  func isSameFile(as other: FileStatus) -> Bool {
    device == other.device && inode == other.inode
  }
}

/// Why a system call failed, in the system's words.
struct SystemError: Error, Hashable, CustomStringConvertible {
  let code: Int32

  init() { code = errno }

  var isMissingFile: Bool { code == ENOENT }

  var description: String { unsafe String(cString: strerror(code)) }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int)
  -> Int
{
  unsafe read(descriptor, buffer, count)
}
