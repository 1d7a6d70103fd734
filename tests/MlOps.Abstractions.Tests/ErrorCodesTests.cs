using System.Reflection;
using System.Text.RegularExpressions;

namespace MlOps.Abstractions.Tests;

public sealed partial class ErrorCodesTests
{
    private static readonly Dictionary<string, string> Constants = typeof(ErrorCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(field => field.Name, field => (string)field.GetRawConstantValue()!, StringComparer.Ordinal);

    [Fact]
    public void The_diagnostics_page_explains_exactly_the_codes_that_exist()
    {
        var rows = Row().Matches(File.ReadAllText(Path.Combine(Root(), "docs", "diagnostics.md")));

        Assert.NotEmpty(rows);
        Assert.Equal(
            Constants.Select(constant => $"{constant.Value} {constant.Key}").Order(StringComparer.Ordinal),
            rows.Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value}").Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.True(row.Groups[3].Value.Trim().Length > 10 && row.Groups[4].Value.Trim().Length > 10));
    }

    [Fact]
    public void Codes_are_distinct_and_name_their_area_first()
    {
        Assert.Equal(Constants.Count, Constants.Values.Distinct(StringComparer.Ordinal).Count());
        Assert.All(Constants.Values, code => Assert.Matches("^[a-z]+\\.[a-z_]+$", code));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MlOps.Sdk.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository: no MlOps.Sdk.sln above them.");
    }

    [GeneratedRegex(@"^\| `([^`]+)` \| `([^`]+)` \|([^|]+)\|([^|]+)\|\s*$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
