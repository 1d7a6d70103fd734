using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace MlOps.PostgreSql.Tests;

/// <summary>Stores over a schema of their own, which goes with it.</summary>
internal sealed class TemporarySchema : IDisposable
{
    private readonly List<ServiceProvider> _opened = [];

    public string Name { get; } = $"test_{Guid.NewGuid():n}";

    public string ConnectionString { get; } = TestServer.ConnectionString;

    public IServiceProvider Services => _opened.Count > 0 ? _opened[0] : Open();

    public IServiceProvider Open()
    {
        var builder = new Builder();
        builder.UsePostgreSql(options =>
        {
            // The name tells the server's connections apart.
            options.ConnectionString = ConnectionString + ";Application Name=" + Name;
            options.Schema = Name;
        });
        var provider = builder.Services.BuildServiceProvider();
        _opened.Add(provider);
        return provider;
    }

    public int Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString + $";Pooling=false;Search Path={Name}");
        connection.Open();
#pragma warning disable CA2100 // Constants of the tests.
        using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var provider in _opened)
        {
            provider.Dispose();
        }

        Execute($"DROP SCHEMA IF EXISTS {Name} CASCADE");
    }

    internal sealed class Builder : IMlOpsBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }
}
