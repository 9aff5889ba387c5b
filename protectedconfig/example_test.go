package protectedconfig_test

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"log"
	"os"

	"github.com/xmlint/xmlint/protectedconfig"
)

func ExampleDetect() {
	section, err := os.ReadFile("testdata/mono.xml")
	if err != nil {
		log.Fatal(err)
	}
	info, protected := protectedconfig.Detect(section)
	fmt.Println(protected, info.Provider, info.RSA)
	fmt.Println(info.Data)
	fmt.Println(info.Transport)
	// Output:
	// true Own true
	// http://www.w3.org/2001/04/xmlenc#aes256-cbc
	// http://www.w3.org/2001/04/xmlenc#rsa-1_5
}

func ExampleParseKey() {
	file, err := os.ReadFile("testdata/key.xml") // written by `aspnet_regiis -px CONTAINER key.xml -pri`
	if err != nil {
		log.Fatal(err)
	}
	key, err := protectedconfig.ParseKey(file)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(key.Bits())

	_, err = protectedconfig.ParseKey([]byte("<RSAKeyValue><Modulus>AQAB</Modulus><Exponent>AQAB</Exponent></RSAKeyValue>"))
	fmt.Println(errors.Is(err, protectedconfig.ErrPublicKey))
	// Output:
	// 1024
	// true
}

func ExampleDecrypt() {
	file, err := os.ReadFile("testdata/key.xml")
	if err != nil {
		log.Fatal(err)
	}
	key, err := protectedconfig.ParseKey(file)
	if err != nil {
		log.Fatal(err)
	}
	section, err := os.ReadFile("testdata/mono.xml")
	if err != nil {
		log.Fatal(err)
	}
	opened, err := protectedconfig.Decrypt(section, key)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s\n", opened.Plain())
	// Output:
	// <xmpro><autoScale enabled="False" connectionString="-" /></xmpro>
}

// An edit inside a section: the plain text is changed and protected again, and
// nothing but the two cipher values of the file is another.
func ExampleOpened_Encrypt() {
	pair, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		log.Fatal(err)
	}
	key, err := protectedconfig.NewKey(pair)
	if err != nil {
		log.Fatal(err)
	}
	section, err := protectedconfig.Seal([]byte(`<xmpro><autoScale enabled="false" /></xmpro>`), key, protectedconfig.SealOptions{}, nil)
	if err != nil {
		log.Fatal(err)
	}

	opened, err := protectedconfig.Decrypt(section, key)
	if err != nil {
		log.Fatal(err)
	}
	changed, err := opened.Encrypt(bytes.Replace(opened.Plain(), []byte("false"), []byte("true"), 1), nil)
	if err != nil {
		log.Fatal(err)
	}

	opened, err = protectedconfig.Decrypt(changed, key)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s\n", opened.Plain())
	// Output:
	// <xmpro><autoScale enabled="true" /></xmpro>
}
