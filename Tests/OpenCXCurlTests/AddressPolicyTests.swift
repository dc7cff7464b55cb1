import OpenCXCurl
import Testing

struct AddressPolicyTests {
    @Test(arguments: [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255",
        "127.0.0.1", "127.255.255.255", "169.254.169.254", "169.254.0.1", "172.16.0.1", "172.31.255.255", "192.0.0.192",
        "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1",
        "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "168.63.129.16",
        "::", "::1", "::2", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
        "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::8.8.8.8", "100::1",
        "2001::1", "2001:0:53aa:64c:0:0:80ff:fffe", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1",
        "2002:7f00:1::", "2002:a9fe:a9fe::1", "2002:c0a8:101::", "3fff::1", "5f00::1",
        "fc00::1", "fd00:ec2::254", "fdff::1", "fe80::1", "febf::1", "fec0::1", "ff02::1", "4000::1",
    ])
    func `an inside address is refused`(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(!AddressPolicy.publicOnly.allows(address, host: "example.com"))
        #expect(!AddressPolicy.publicAnd(hosts: ["other.example"]).allows(address, host: "example.com"))
        #expect(AddressPolicy.publicAnd(hosts: ["Example.com"]).allows(address, host: "example.COM."))
        #expect(AddressPolicy.unrestricted.allows(address, host: nil))
    }

    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0",
        "198.17.255.255", "198.20.0.0", "203.0.114.0", "223.255.255.255",
        "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1", "2001:200::1", "2001:4860:4860::8888",
        "2606:4700::1111",
        "2a00:1450::1", "3ffe::1",
    ])
    func `a public address is allowed`(text: String) throws {
        #expect(AddressPolicy.publicOnly.allows(try #require(IPAddress(text)), host: nil))
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.1.2.3", true), ("10.0.0.0/8", "::ffff:10.1.2.3", true), ("10.0.0.0/8", "11.0.0.0", false),
        ("10.1.2.3", "10.1.2.3", true), ("10.1.2.3", "10.1.2.4", false), ("10.1.2.3/32", "10.1.2.3", true),
        ("0.0.0.0/0", "192.168.1.1", true), ("0.0.0.0/0", "fd00::1", false), ("::/0", "10.0.0.1", true),
        ("fd00::/8", "fd12::1", true), ("fd00::/8", "fc00::1", false), ("fd00:1::/33", "fd00:1:7fff::", true),
        ("fd00:1::/33", "fd00:1:8000::", false), ("fd00::1/128", "fd00::1", true),
        ("fd00::/65", "fd00::8000:0:0:0", false),
    ])
    func `a network is what its bits say`(network: String, address: String, isInside: Bool) throws {
        let network = try #require(IPNetwork(network))
        let address = try #require(IPAddress(address))
        #expect(network.contains(address) == isInside)
        if isInside { #expect(AddressPolicy.publicAnd(networks: [network]).allows(address, host: nil)) }
    }

    @Test(arguments: [
        "", " ", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.04", "0x7f.0.0.1", "1.2.3.", ".1.2.3",
        "1..2.3",
        "1.2.3.4 ", "+1.2.3.4", "1.2.3.4/8", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8:",
        ":1:2:3:4:5:6:7:8", "12345::", "g::", "+1::", "::1.2.3", "1.2.3.4::", "fe80::1%eth0", "[::1]",
        "1:2:3:4:5:6:7::8:9",
    ])
    func `what is no address is none`(text: String) {
        #expect(IPAddress(text) == nil)
        #expect(IPNetwork(text) == nil || text == "1.2.3.4/8")
    }

    @Test(arguments: [
        "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/+8", "fd00::/129", "10.0.0.0/8/8", "/8", "x/8",
    ])
    func `what is no network is none`(text: String) {
        #expect(IPNetwork(text) == nil)
    }
}
