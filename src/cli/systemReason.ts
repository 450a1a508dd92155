/** Why a file or folder could not be read or written, in words instead of the system's codes. */

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EROFS: "it can only be read there",
  ENOENT: "there is no such file or folder, and none can be made there",
  EISDIR: "it is a folder",
  EEXIST: "something else has that name",
  ENOTDIR: "a part of the path is a file, not a folder",
  ENAMETOOLONG: "the name is too long",
  ENOSPC: "no space is left on the device",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file would be larger than is allowed",
};

/** Of an error that node:fs threw; its own message where the code is none of the usual ones. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons[code ?? ""] ?? message;
}
