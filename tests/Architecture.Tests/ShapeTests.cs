using System.Reflection;
using System.Runtime.CompilerServices;

namespace Architecture.Tests;

public sealed class ShapeTests
{
    private static readonly string[] EmptyWords = ["Helper", "Helpers", "Util", "Utils", "Utilities", "Common", "Manager", "Core"];

    // Public classes that may be derived from, each with its reason.
    private static readonly Dictionary<string, string> Unsealed = new(StringComparer.Ordinal);

    // Interfaces of the contracts outside of one to five members, each with its reason.
    private static readonly Dictionary<string, string> Large = new(StringComparer.Ordinal);

    // Asynchronous methods without a token at the end, each with its reason.
    private static readonly Dictionary<string, string> WithoutToken = new(StringComparer.Ordinal)
    {
        ["DisposeAsync"] = "the signature is the framework's",
        ["MlOps.Pipelines.StepDefinition.InvokeAsync"] = "the context of a step carries its token",
    };

    [Fact]
    public void Public_classes_are_sealed_static_or_abstract() =>
        Assert.Empty(SdkAssemblies.PublicTypes
            .Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract && !Unsealed.ContainsKey(type.FullName!))
            .Select(type => type.FullName));

    [Fact]
    public void Public_asynchronous_methods_end_with_a_cancellation_token() =>
        Assert.Empty(
            from type in SdkAssemblies.PublicTypes
            where !typeof(Delegate).IsAssignableFrom(type)
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where !method.IsSpecialName && IsAsynchronous(method.ReturnType)
            where method.GetParameters().Where(parameter => !parameter.IsDefined(typeof(CallerFilePathAttribute))).ToArray() is not [.., { ParameterType.FullName: "System.Threading.CancellationToken" }]
            where !WithoutToken.ContainsKey(method.Name) && !WithoutToken.ContainsKey($"{type.FullName}.{method.Name}")
            select $"{type.FullName}.{method.Name}");

    [Fact]
    public void Interfaces_of_the_contracts_have_one_to_five_members()
    {
        var contracts = SdkAssemblies.PublicTypes.Where(type => type.IsInterface && type.Assembly.GetName().Name == "MlOps.Abstractions").ToList();

        Assert.NotEmpty(contracts);
        Assert.Empty(
            from type in contracts
            let members = type.GetMembers().Count(member => member is not MethodInfo { IsSpecialName: true })
            where members is < 1 or > 5 && !Large.ContainsKey(type.FullName!)
            select $"{type.FullName}: {members} members");
    }

    [Fact]
    public void Public_namespaces_are_ours_or_those_that_the_platform_expects_extensions_in() =>
        Assert.Empty(SdkAssemblies.PublicTypes
            .Where(type => type.Namespace is not ("MlOps" or "Microsoft.Extensions.DependencyInjection")
                && type.Namespace?.StartsWith("MlOps.", StringComparison.Ordinal) != true
                && type.Name != "TypeFormatterSourceAttribute")
            .Select(type => type.FullName));

    [Fact]
    public void No_type_or_namespace_has_a_name_that_says_nothing() =>
        Assert.Empty(SdkAssemblies.Types
            .Where(type => type.Namespace is "MlOps" || type.Namespace?.StartsWith("MlOps.", StringComparison.Ordinal) == true)
            .Where(type => type.Namespace!.Split('.').Append(type.Name).Any(EmptyWords.Contains)
                || EmptyWords.Any(word => type.Name.EndsWith(word, StringComparison.Ordinal)))
            .Select(type => type.FullName));

    private static bool IsAsynchronous(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition().FullName : type.FullName)
        is "System.Threading.Tasks.Task" or "System.Threading.Tasks.Task`1"
        or "System.Threading.Tasks.ValueTask" or "System.Threading.Tasks.ValueTask`1"
        or "System.Collections.Generic.IAsyncEnumerable`1";
}
