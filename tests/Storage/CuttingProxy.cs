using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Canbao.Storage.Tests;

/// <summary>Stands between a client and its server and cuts the connection around the first commit.</summary>
public sealed class CuttingProxy : IDisposable
{
    public enum Cut
    {
        /// <summary>The server never sees the commit.</summary>
        BeforeCommit,

        /// <summary>The server commits; its answer is lost.</summary>
        AfterCommit,
    }

    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly NpgsqlConnectionStringBuilder server;
    readonly Cut cut;

    public CuttingProxy(string connection, Cut cut)
    {
        this.cut = cut;
        server = new(connection);
        listener.Start();
        Connection = new NpgsqlConnectionStringBuilder(connection) { Port = ((IPEndPoint)listener.LocalEndpoint).Port }.ToString();
        Running = ServeAsync();
    }

    /// <summary>The connection text through the proxy.</summary>
    public string Connection { get; }

    /// <summary>Ends when the connection is cut.</summary>
    public Task Running { get; }

    public void Dispose() => listener.Dispose();

    async Task ServeAsync()
    {
        using var client = await listener.AcceptTcpClientAsync();
        using var target = new TcpClient();
        await target.ConnectAsync(IPAddress.Loopback, server.Port);
        using var ended = new CancellationTokenSource();
        var answers = PassAnswersAsync(target, client, ended.Token);
        var buffer = new byte[64 * 1024];
        while (await client.GetStream().ReadAsync(buffer) is > 0 and var count)
        {
            bool commits = buffer.AsSpan(0, count).IndexOf("commit"u8) >= 0;
            if (commits)
            {
                await ended.CancelAsync();
                await answers;
            }

            if (commits && cut == Cut.BeforeCommit)
                return;
            await target.GetStream().WriteAsync(buffer.AsMemory(0, count));
            if (!commits)
                continue;
            // Something is answered when it is done; the client never hears it.
            await target.GetStream().ReadAtLeastAsync(buffer, 1);
            return;
        }
    }

    static async Task PassAnswersAsync(TcpClient from, TcpClient to, CancellationToken ended)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, ended) is > 0 and var count)
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count), ended);
        }
        catch (OperationCanceledException)
        {
            // The connection is about to be cut.
        }
    }
}
