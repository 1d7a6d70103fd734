using System.Text.RegularExpressions;

namespace MlOps.Statistics.Tests;

/// <summary>The script in docs/drift.md is the code below, which runs.</summary>
public sealed class DriftDocumentTests
{
    /// <summary>What the script has before the code below: in a test the three are parameters.</summary>
    private const string Opening = "using MlOps.Statistics;\n\nvar (before, after, name) = (args[0], args[1], args[2]);\n";

    [Fact]
    public void The_script_of_the_document_reads_two_files_and_gives_a_verdict_with_its_reason()
    {
        var folder = Directory.CreateTempSubdirectory("drift");
        try
        {
            var draws = new Draws(6);
            Write("march.csv", 0);
            Write("april.csv", 3);
            var verdict = Judge(Path.Combine(folder.FullName, "march.csv"), Path.Combine(folder.FullName, "april.csv"), "fare");
            Assert.Contains("DRIFT in fare: The distribution of the values changed", verdict, StringComparison.Ordinal);

            void Write(string file, double more) => File.WriteAllLines(
                Path.Combine(folder.FullName, file),
                ["id,fare", .. Enumerable.Range(0, 500).Select(i => FormattableString.Invariant($"{i},{(i == 7 ? "" : (12 + more + draws.Normal()).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture))}"))]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_script_of_the_document_is_the_one_that_runs()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "MlOps.Sdk.sln")))
        {
            folder = folder.Parent;
        }

        var document = File.ReadAllText(Path.Combine(folder.FullName, "docs", "drift.md"));
        var shown = Regex.Match(document, "<!-- snippet: script -->\n```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        var source = File.ReadAllText(Path.Combine(folder.FullName, "tests", "MlOps.Statistics.Tests", "DriftDocumentTests.cs"));
        var compiled = Regex.Match(source, "// begin\n(.*?) *// end\n", RegexOptions.Singleline).Groups[1].Value;
        var lines = compiled.TrimEnd().Split('\n').Select(line => line.Length > 8 ? line[8..] : "");
        Assert.NotEqual("", shown);
        Assert.Equal(Opening + string.Concat(lines.Select(line => line + "\n")), shown);
    }

    private static string Judge(string before, string after, string name)
    {
        // begin
        var reference = DriftColumn.Parse(name, Column(before, name));
        var current = DriftColumn.Parse(name, Column(after, name));
        var result = DriftTest.Between(reference, current);
        var verdict = $"{(result.HasDrift ? "DRIFT" : "no drift")} in {name}: {result.Reason}";
        Console.WriteLine(verdict);

        static IEnumerable<string> Column(string file, string name)
        {
            var rows = File.ReadLines(file).Select(line => line.Split(',')).ToList();
            var at = Array.IndexOf(rows[0], name);
            return rows.Skip(1).Select(row => row[at]);
        }

        // end
        return verdict;
    }
}
