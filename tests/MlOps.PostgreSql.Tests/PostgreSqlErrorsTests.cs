using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using MlOps.Data;
using Npgsql;

namespace MlOps.PostgreSql.Tests;

public sealed class PostgreSqlErrorsTests
{
    [Theory]
    [InlineData("08006", ErrorCodes.StorageUnavailable)]
    [InlineData("57P01", ErrorCodes.StorageUnavailable)]
    [InlineData("57P03", ErrorCodes.StorageUnavailable)]
    [InlineData("53300", ErrorCodes.StorageUnavailable)]
    [InlineData("28P01", ErrorCodes.StorageAccessDenied)]
    [InlineData("42501", ErrorCodes.StorageAccessDenied)]
    [InlineData("3D000", ErrorCodes.InvalidConfiguration)]
    [InlineData("25006", ErrorCodes.StorageReadOnly)]
    [InlineData("53100", ErrorCodes.StorageFull)]
    [InlineData("40P01", ErrorCodes.StorageLocked)]
    [InlineData("54000", ErrorCodes.InvalidName)]
    [InlineData("XX001", ErrorCodes.StorageCorrupt)]
    [InlineData("42601", ErrorCodes.QueryFailed)]
    public void A_state_of_the_server_has_a_code(string state, string code)
    {
        var error = PostgreSqlErrors.Translate(new PostgresException("as the server says", "ERROR", "ERROR", state), "db:5432/ml");
        Assert.Equal(code, error.Code);
        Assert.Contains("db:5432/ml", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_that_broke_is_a_server_out_of_reach_and_a_timeout_is_not()
    {
        static string CodeOf(Exception inner) => PostgreSqlErrors.Translate(new NpgsqlException("x", inner), "db").Code;
        Assert.Equal(ErrorCodes.StorageUnavailable, CodeOf(new SocketException(111)));
        Assert.Equal(ErrorCodes.StorageUnavailable, CodeOf(new EndOfStreamException()));
        Assert.Equal(ErrorCodes.StorageLocked, CodeOf(new TimeoutException()));
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=u;Password=hidden", ErrorCodes.StorageUnavailable)]
    [InlineData("Host=127.0.0.1;Colour=blue;Password=hidden", ErrorCodes.InvalidConfiguration)]
    public async Task What_cannot_be_reached_is_named_without_the_password(string connectionString, string code)
    {
        var builder = new TemporarySchema.Builder();
        builder.UsePostgreSql(connectionString);
        await using var services = builder.Services.BuildServiceProvider();

        var error = await Assert.ThrowsAsync<MlOpsException>(
            () => services.GetRequiredService<IDataVersionStore>().ListAsync(null, TestContext.Current.CancellationToken));

        Assert.Equal(code, error.Code);
        Assert.DoesNotContain("hidden", error.Message, StringComparison.Ordinal);
    }
}
