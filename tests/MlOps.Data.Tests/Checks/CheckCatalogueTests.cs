using System.Reflection;
using MlOps.Data.Checks.Storage;

namespace MlOps.Data.Tests.Checks;

public sealed class CheckCatalogueTests
{
    private static readonly string _document = Read();

    [Fact]
    public void The_document_names_every_check_of_a_file() =>
        Assert.All(CheckKinds.All, kind => Assert.Contains($"`{kind.Name}`", _document, StringComparison.Ordinal));

    [Fact]
    public void The_document_names_every_check_of_the_builders()
    {
        var methods = ((Type[])[typeof(ColumnChecks), typeof(DataChecksBuilder)])
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Select(method => method.Name).Distinct().Where(name => name is not ("Column" or "Personal" or "Include"));
        Assert.All(methods, name => Assert.Contains($"`{name}", _document, StringComparison.Ordinal));
    }

    private static string Read()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "MlOps.Sdk.sln")))
        {
            folder = folder.Parent;
        }

        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "data.md"));
    }
}
