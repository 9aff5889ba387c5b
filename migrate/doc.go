// Package migrate changes the configuration files of a deployment: it switches
// Auto Scale on, or off again, and carries out the fixes that rules have.
//
// # Edits
//
// [Prepare] works everything out in memory and writes nothing. It makes edits
// of the original bytes, applies them to a copy, reads the copy as a
// deployment, judges it with the rules, and goes on until nothing is left to
// do. Then it compares: the settings that the edits are about must have
// changed, and no other; the bytes outside the edits are those of the original;
// and where a second, independent reader understands the file it has to see the
// same settings. If anything else came out there are no [Changes], only an
// error.
//
// A section that was opened with a key is edited in plain text, in memory, and
// protected again with the algorithms and the RSA key it had. In the file only
// its cipher values change. The plain text is in no file, message or diff.
//
// # What stands in the way
//
// [Changes.Blocks] are the steps that come first: the product is too old, the
// client would throw on the connection string, the section is encrypted and no
// key opens it. [Store.Apply] refuses changes that have any. [Changes.Warnings]
// are what is not known.
//
// # The write
//
// [Store.Apply] writes all files or none. New files are staged beside the
// originals, in the same folder, with their mode and owner, and synced; then
// they take the originals' places, one rename each. Before the first of them a
// journal says what is about to happen. If the process dies, [Store.Recover]
// undoes what was begun, or finishes what was complete: every command that
// writes calls it first. [Store.Rollback] brings back the exact bytes from
// before the last write.
//
// All files that a write makes are named .xmlint-*.config, which IIS does not
// serve. The journal holds the original files and so may hold secrets: it is
// readable for its owner alone.
//
// The file system is an interface, [FS]; [Host] is the machine's.
package migrate
