using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using MlOps.Conformance;

namespace MlOps.PostgreSql.Tests;

public sealed class CompletenessTests
{
    [Fact]
    public void Every_store_that_is_registered_is_held_to_its_conformance_class()
    {
        var builder = new TemporarySchema.Builder();
        builder.UsePostgreSql("Host=nowhere");
        var registered = builder.Services.Select(service => service.ServiceType).ToHashSet();
        var asked = typeof(RunStoreConformance).Assembly.GetTypes()
            .Where(type => type.IsAbstract && ContractsOf(type).Any(registered.Contains));
        var derived = typeof(CompletenessTests).Assembly.GetTypes()
            .Where(type => !type.IsAbstract).Select(type => type.BaseType).ToHashSet();

        Assert.NotEmpty(asked);
        Assert.All(asked, type => Assert.Contains(type, derived));
    }

    private static Type[] ContractsOf(Type conformance) =>
        conformance.GetMethod("CreateAsync", BindingFlags.Instance | BindingFlags.NonPublic)?.ReturnType.GenericTypeArguments[0] is { } made
            ? made.IsInterface ? [made] : made.GenericTypeArguments
            : [];
}
