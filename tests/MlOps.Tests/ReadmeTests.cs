using System.Text.RegularExpressions;

namespace MlOps.Tests;

/// <summary>The README's code is the code in the folder Readme, which is compiled with these tests.</summary>
public sealed class ReadmeTests
{
    [Theory]
    [InlineData("application", "ApplicationDeveloper.cs")]
    [InlineData("scientist", "DataScientist.cs")]
    [InlineData("tester", "Tester.cs")]
    public void The_code_of_the_readme_is_code_that_compiles(string snippet, string file)
    {
        var root = RepositoryRoot();
        var readme = File.ReadAllText(Path.Combine(root, "README.md"));
        var shown = Regex.Match(readme, $"<!-- snippet: {snippet} -->\n```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        var source = File.ReadAllText(Path.Combine(root, "tests", "MlOps.Tests", "Readme", file));
        var compiled = Regex.Match(source, "// begin\n(.*?) *// end", RegexOptions.Singleline).Groups[1].Value;

        Assert.NotEqual("", shown);
        Assert.Equal(Unindent(compiled), shown);
    }

    private static string Unindent(string code)
    {
        var lines = code.TrimEnd().Split('\n');
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Concat(lines.Select(line => (line.Length > indent ? line[indent..] : "") + "\n"));
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "MlOps.Sdk.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
