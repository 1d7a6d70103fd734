namespace Architecture.Tests;

public sealed class ReferenceTests
{
    // What each package may reference of ours. Nothing points upward, and the domains meet in the contracts alone.
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["MlOps.Abstractions"] = [],
        ["MlOps.Statistics"] = [],
        ["MlOps.Reports"] = [],

        ["MlOps.Tracking"] = ["MlOps.Abstractions", "MlOps.Statistics", "MlOps.Reports"],
        ["MlOps.Data"] = ["MlOps.Abstractions", "MlOps.Statistics", "MlOps.Reports"],
        ["MlOps.Registry"] = ["MlOps.Abstractions", "MlOps.Statistics", "MlOps.Reports"],
        ["MlOps.Features"] = ["MlOps.Abstractions", "MlOps.Statistics", "MlOps.Reports"],
        ["MlOps.Pipelines"] = ["MlOps.Abstractions", "MlOps.Statistics", "MlOps.Reports"],
        ["MlOps.Serving"] = ["MlOps.Abstractions", "MlOps.Statistics", "MlOps.Reports"],
        ["MlOps.Monitoring"] = ["MlOps.Abstractions", "MlOps.Statistics", "MlOps.Reports"],

        // What the databases share, below the providers of each.
        ["MlOps.Sql"] = ["MlOps.Abstractions"],
        ["MlOps.Sqlite"] = ["MlOps.Abstractions", "MlOps.Sql"],
        ["MlOps.PostgreSql"] = ["MlOps.Abstractions", "MlOps.Sql"],
        ["MlOps.LocalFiles"] = ["MlOps.Abstractions"],
        ["MlOps.Parquet"] = ["MlOps.Abstractions"],
        ["MlOps.DuckDb"] = ["MlOps.Abstractions"],
        ["MlOps.DataFrame"] = ["MlOps.Abstractions"],
        ["MlOps.MicrosoftML"] = ["MlOps.Abstractions", "MlOps.Statistics"],
        ["MlOps.Onnx"] = ["MlOps.Abstractions"],

        ["MlOps.Testing"] = ["MlOps.Abstractions", "MlOps.Statistics", "MlOps.Data", "MlOps.Reports"],

        ["MlOps"] =
        [
            "MlOps.Abstractions", "MlOps.Statistics", "MlOps.Reports",
            "MlOps.Tracking", "MlOps.Data", "MlOps.Registry", "MlOps.Features", "MlOps.Pipelines", "MlOps.Serving", "MlOps.Monitoring",
            "MlOps.Sqlite", "MlOps.LocalFiles",
        ],
        [SdkAssemblies.CommandLine] =
        [
            "MlOps", "MlOps.Abstractions", "MlOps.Statistics", "MlOps.Reports",
            "MlOps.Tracking", "MlOps.Data", "MlOps.Registry", "MlOps.Features", "MlOps.Pipelines", "MlOps.Serving", "MlOps.Monitoring",
            "MlOps.Sql", "MlOps.Sqlite", "MlOps.PostgreSql", "MlOps.LocalFiles", "MlOps.Parquet", "MlOps.MicrosoftML", "MlOps.Onnx",
        ],
    };

    public static TheoryData<string> Packages => [.. SdkAssemblies.Names];

    [Fact]
    public void Every_package_is_built_and_has_a_row_in_the_table() =>
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), SdkAssemblies.Names);

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_references_only_what_the_table_allows(string package)
    {
        var ours = SdkAssemblies.ReferencesOf(package).Where(name => name == "MlOps" || name.StartsWith("MlOps.", StringComparison.Ordinal));

        Assert.Empty(ours.Except(Allowed[package]));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void No_package_references_Newtonsoft_or_Entity_Framework(string package) =>
        Assert.DoesNotContain(
            SdkAssemblies.ReferencesOf(package),
            name => name.StartsWith("Newtonsoft.", StringComparison.Ordinal) || name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal));

    [Fact]
    public void The_contracts_depend_on_Arrow_and_the_abstractions_of_the_platform_alone()
    {
        var foreign = SdkAssemblies.ReferencesOf("MlOps.Abstractions")
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && name is not ("System" or "netstandard" or "mscorlib"));

        Assert.DoesNotContain(
            foreign,
            name => name is not ("Apache.Arrow" or "Apache.Arrow.Scalars" or "Microsoft.Extensions.Options")
                && !(name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) && name.EndsWith(".Abstractions", StringComparison.Ordinal)));
    }
}
