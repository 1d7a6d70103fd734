using System.Text.RegularExpressions;

namespace MlOps.Testing.Tests.Flights;

/// <summary>What docs/data.md shows is what is compiled and run.</summary>
public sealed class DataDocumentTests
{
    [Theory]
    [InlineData("reading", "Flights/FlightTests.cs")]
    [InlineData("profile", "Flights/FlightTests.cs")]
    [InlineData("schema", "Flights/FlightTests.cs")]
    [InlineData("suite", "Flights/FlightTests.cs")]
    [InlineData("row", "Flights/FlightTests.cs")]
    public void A_block_of_the_document_is_the_code_that_runs(string name, string file) =>
        Assert.Equal(Documents.Source(Path.Combine("tests", "MlOps.Testing.Tests", file), name), Documents.Block(name));

    [Fact]
    public void The_record_of_the_document_is_the_one_that_is_compiled()
    {
        var source = File.ReadAllText(Path.Combine(Documents.Root, "tests", "MlOps.Testing.Tests", "Flights", "Flight.cs"));
        Assert.Equal(Regex.Match(source, "\\[CheckedRow.*\\n\\}", RegexOptions.Singleline).Value, Documents.Block("record"));
    }

    [Theory]
    [InlineData("xunit", "MlOps.Testing.Tests/Flights/FlightDataTests.cs")]
    [InlineData("nunit", "MlOps.Testing.NUnit.Tests/FlightDataTests.cs")]
    public void The_test_classes_of_the_document_are_those_that_run(string name, string file) =>
        Assert.Equal(Documents.Source(Path.Combine("tests", file), name), Documents.Block(name));
}
