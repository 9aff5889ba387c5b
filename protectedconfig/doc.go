// Package protectedconfig opens, changes and makes the protected configuration
// sections of ASP.NET: what `aspnet_regiis -pef` makes of a section of
// web.config.
//
// # What a protected section is
//
// A section of web.config can be stored encrypted. The application does not
// notice: System.Configuration decrypts the section when it is asked for. In
// the file the section keeps its name, says who can open it, and holds one
// element of XML Encryption in place of its content:
//
//	<xmpro configProtectionProvider="RsaProtectedConfigurationProvider">
//	  <EncryptedData Type="http://www.w3.org/2001/04/xmlenc#Element"
//	    xmlns="http://www.w3.org/2001/04/xmlenc#">
//	    <EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc" />
//	    <KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#">
//	      <EncryptedKey xmlns="http://www.w3.org/2001/04/xmlenc#">
//	        <EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-1_5" />
//	        <KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><KeyName>Rsa Key</KeyName></KeyInfo>
//	        <CipherData><CipherValue>the session key, wrapped with an RSA key</CipherValue></CipherData>
//	      </EncryptedKey>
//	    </KeyInfo>
//	    <CipherData><CipherValue>an IV, and the section under the session key</CipherValue></CipherData>
//	  </EncryptedData>
//	</xmpro>
//
// The RSA key lies in a key container of the server. An administrator can take
// it out, if the container was made with -exp:
//
//	aspnet_regiis -px "CONTAINER" key.xml -pri
//
// That file is what [ParseKey] reads. Whoever has it can read every section made
// with it: keep it out of backups and repositories, and destroy it after use.
//
// # What to call
//
// [Detect] says, without any key, whether a section is protected, by which
// provider and with which algorithms, whether .NET would refuse its form, and
// whether an RSA key file can open it. [Decrypt] opens it. [Opened.Plain] is the
// section as it was, byte for byte, and [Opened.Encrypt] puts another text in
// its place: only the two cipher values change, all other bytes of the section
// stay. [Seal] makes a new protected section.
//
// All of them take a section: the bytes of one element with its tags, in UTF-8.
// Where it stands in which file, and in which encoding, is the caller's to know.
// A section with configSource has its content in another file, whose element is
// the one to give.
//
// # What opens
//
// The content may be under tripledes-cbc, aes128-cbc, aes192-cbc or aes256-cbc,
// its key under rsa-1_5 or rsa-oaep-mgf1p, that is all that .NET's provider
// writes. Where files and standards differ, .NET decides:
//
//   - Of the padding only the last byte counts, so PKCS #7, ISO 10126 and X9.23
//     all open.
//   - The declared key transport is not always the used one. An unknown name
//     means rsa-1_5. A section that declares rsa-1_5 and uses OAEP opens;
//     changed, it uses what it declares.
//   - The length of the session key may be another than the algorithm's name
//     says.
//   - A section that holds only an IV opens to nothing.
//
// DPAPI is bound to a machine, a symmetric key has no file, GCM is unknown to
// .NET, and a reference to something outside the section is never followed:
// these give an error that wraps [ErrUnsupported]. Nothing is read but the
// arguments, no file and no network, and memory grows with the input alone.
//
// # What it does not prove
//
// That a section opens proves nothing about who wrote it. The public half of the
// key is enough to make one. CBC without a signature lets a stranger change
// parts of one without any key. Trust a section as far as the file it is in,
// no further.
//
// # What it does not tell
//
// A wrong key, a changed cipher value and a text that is no section give the
// same error, [ErrDecrypt], from the same place: what does not unwrap is
// replaced with a random session key, so that a caller who passes errors on does
// not become a padding oracle. No error and no verb of package fmt shows a key or
// a plain text.
package protectedconfig
