using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace MlOps.Data.Tests.Checks;

/// <summary>The XML of test results as the JUnit plugin of Jenkins and Maven's Surefire have it in common.</summary>
internal static class JUnitShape
{
    private const string Shape = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
          <xs:simpleType name="seconds"><xs:restriction base="xs:string"><xs:pattern value="[0-9]+(\.[0-9]+)?"/></xs:restriction></xs:simpleType>
          <xs:complexType name="problem" mixed="true">
            <xs:attribute name="message" type="xs:string"/>
            <xs:attribute name="type" type="xs:string" use="required"/>
          </xs:complexType>
          <xs:element name="testcase">
            <xs:complexType>
              <xs:choice minOccurs="0" maxOccurs="unbounded">
                <xs:element name="skipped"/>
                <xs:element name="error" type="problem"/>
                <xs:element name="failure" type="problem"/>
                <xs:element name="system-out" type="xs:string"/>
                <xs:element name="system-err" type="xs:string"/>
              </xs:choice>
              <xs:attribute name="name" type="xs:string" use="required"/>
              <xs:attribute name="classname" type="xs:string" use="required"/>
              <xs:attribute name="time" type="seconds" use="required"/>
            </xs:complexType>
          </xs:element>
          <xs:element name="testsuite">
            <xs:complexType>
              <xs:sequence>
                <xs:element ref="testcase" minOccurs="0" maxOccurs="unbounded"/>
                <xs:element name="system-out" type="xs:string" minOccurs="0"/>
                <xs:element name="system-err" type="xs:string" minOccurs="0"/>
              </xs:sequence>
              <xs:attribute name="name" type="xs:string" use="required"/>
              <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
              <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
              <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
              <xs:attribute name="skipped" type="xs:nonNegativeInteger"/>
              <xs:attribute name="time" type="seconds" use="required"/>
              <xs:attribute name="timestamp" type="xs:dateTime"/>
            </xs:complexType>
          </xs:element>
          <xs:element name="testsuites">
            <xs:complexType><xs:sequence><xs:element ref="testsuite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
          </xs:element>
        </xs:schema>
        """;

    /// <summary>What breaks the shape; empty when nothing does.</summary>
    public static IReadOnlyList<string> Faults(string xml)
    {
        var schemas = new XmlSchemaSet();
        schemas.Add("", XmlReader.Create(new StringReader(Shape)));
        List<string> faults = [];
        XDocument.Parse(xml).Validate(schemas, (_, fault) => faults.Add(fault.Message));
        return faults;
    }
}
