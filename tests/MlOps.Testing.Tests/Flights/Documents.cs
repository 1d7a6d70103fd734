using System.Text.RegularExpressions;

namespace MlOps.Testing.Tests.Flights;

/// <summary>
/// The blocks of a page in docs, docs/data.md unless another is named: <c>&lt;!-- snippet: NAME --&gt;</c> and the fence after it.
/// </summary>
internal static class Documents
{
    public static string Root { get; } = Find();

    /// <summary>A block's text without the fences.</summary>
    public static string Block(string name, string page = "data.md")
    {
        var document = File.ReadAllText(Path.Combine(Root, "docs", page));
        var match = Regex.Match(document, $"<!-- snippet: {name} -->\n```\\w*\n(.*?)\n```", RegexOptions.Singleline);
        return match.Success ? match.Groups[1].Value : throw new InvalidOperationException($"docs/{page} has no block '{name}'.");
    }

    /// <summary>The part of a source file between <c>// snippet: NAME</c> and <c>// end</c>, moved to the left.</summary>
    public static string Source(string file, string name)
    {
        var source = File.ReadAllText(Path.Combine(Root, file));
        var match = Regex.Match(source, $"// snippet: {name}\n(.*?)\n *// end", RegexOptions.Singleline);
        var lines = match.Groups[1].Value.TrimEnd().Split('\n');
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > indent ? line[indent..] : ""));
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "MlOps.Sdk.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
